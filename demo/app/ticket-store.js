/**
 * The tickets of the demo work app, invented and the same on every load.
 * Runs in the page and keeps them in memory only. Never reads a clock, a network or any storage.
 */

export const STATUSES = ['New', 'In progress', 'Waiting', 'Closed'];
export const PRIORITIES = ['Urgent', 'High', 'Normal', 'Low'];
export const CATEGORIES = ['Access', 'Hardware', 'Network', 'Printing', 'Software'];
export const ME = 'Dana Whitfield';
export const NOBODY = 'Unassigned';
export const ASSIGNEES = [NOBODY, ME, 'Imre Sárközi', 'Noor Haddad', 'Tom Beckett'];

const FIRST_ID = 1042;
const SEED = 20_417;

const SUBJECTS = [
  ['Access', 'Shared drive asks for permission again'],
  ['Hardware', 'Laptop battery lasts under an hour'],
  ['Printing', 'Second floor printer jams on duplex'],
  ['Network', 'Meeting room 4 loses Wi-Fi during calls'],
  ['Software', 'Spreadsheet add-in missing after update'],
  ['Access', 'New starter needs the warehouse group'],
  ['Software', 'Calendar invites arrive one hour late'],
  ['Hardware', 'Docking station does not see second screen'],
  ['Network', 'VPN drops every thirty minutes'],
  ['Printing', 'Label printer prints blank shipping labels'],
  ['Software', 'Order form freezes on the summary page'],
  ['Access', 'Cannot open the supplier portal'],
  ['Hardware', 'Headset microphone is very quiet'],
  ['Software', 'Signature block shows the old address'],
  ['Network', 'Scanner in bay 2 is offline'],
  ['Access', 'Reset access after parental leave'],
  ['Hardware', 'Keyboard with broken space bar'],
  ['Software', 'Need the drawing viewer for three people'],
  ['Printing', 'Badge printer is out of ribbon'],
  ['Network', 'Slow file copy to the Leeds office'],
  ['Software', 'Browser update blocks the time sheet'],
  ['Access', 'Mailbox delegation for the front desk'],
  ['Hardware', 'Replacement phone for field engineer'],
  ['Printing', 'Colours look washed out on brochures'],
  ['Software', 'Report export stops at 500 rows'],
];

const REQUESTERS = [
  ['Priya Raman', 'Purchasing'],
  ['Oskar Lindqvist', 'Warehouse'],
  ['Maya Okafor', 'Sales'],
  ['Jules Moreau', 'Front desk'],
  ['Elena Petrova', 'Finance'],
  ['Sam Whitaker', 'Field service'],
  ['Aiko Tanaka', 'Marketing'],
];

const REPLIES = [
  'Thanks, we are looking into it. Could you tell us when it last worked?',
  'I have restarted the service on our side. Please try again.',
  'A replacement is on its way and should arrive within two days.',
];

/** Creates the store with its 25 tickets, most recently updated first. */
export function createTicketStore() {
  const tickets = createTickets();
  return {
    list: () => [...tickets],
    find: (id) => tickets.find((ticket) => ticket.id === id),
    /** Adds a ticket with the next number and gives it back. */
    add(fields) {
      const id = Math.max(...tickets.map((ticket) => ticket.id)) + 1;
      const ticket = { id, status: 'New', assignee: NOBODY, updatedMinutesAgo: 0, comments: [], ...fields };
      tickets.unshift(ticket);
      return ticket;
    },
    /** Changes fields of a ticket, which then counts as just updated. */
    update(id, changes) {
      const ticket = tickets.find((candidate) => candidate.id === id);
      Object.assign(ticket, changes, { updatedMinutesAgo: 0 });
    },
  };
}

/** How long ago, in words. */
export function describeAge(minutesAgo) {
  if (minutesAgo < 1) return 'just now';
  if (minutesAgo < 60) return `${minutesAgo} min ago`;
  if (minutesAgo < 24 * 60) return `${Math.floor(minutesAgo / 60)} h ago`;
  const days = Math.floor(minutesAgo / (24 * 60));
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

function createTickets() {
  const nextNumber = createNumberSource(SEED);
  let updatedMinutesAgo = 4;
  return SUBJECTS.map(([category, subject], index) => {
    const [requester, department] = REQUESTERS[nextNumber(REQUESTERS.length)];
    const status = STATUSES[[0, 1, 1, 2, 1, 0, 2, 3][index % 8]];
    const assignee = status === 'New' ? NOBODY : ASSIGNEES[1 + nextNumber(ASSIGNEES.length - 1)];
    const priority = PRIORITIES[[2, 2, 1, 2, 3, 2, 0, 2, 1, 3][nextNumber(10)]];
    updatedMinutesAgo += 7 + Math.round(nextNumber(40) * (1 + index / 2));
    const comments = [
      { author: requester, minutesAgo: updatedMinutesAgo + 95, text: firstMessageOf(subject) },
    ];
    if (status !== 'New') {
      comments.push({
        author: assignee,
        minutesAgo: updatedMinutesAgo,
        text: REPLIES[index % REPLIES.length],
      });
    }
    const id = FIRST_ID + SUBJECTS.length - 1 - index;
    return {
      id,
      subject,
      category,
      requester,
      department,
      status,
      priority,
      assignee,
      updatedMinutesAgo,
      comments,
    };
  });
}

function firstMessageOf(subject) {
  return `${subject}. It started this week and slows the whole team down, so help would be welcome. I am at my desk until five.`;
}

/** Whole numbers below a limit from a seed (a linear congruential generator), so that every load is the same. */
function createNumberSource(seed) {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}
