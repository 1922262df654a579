/**
 * The page `/help`: a long article with jump links, a frame of the app itself and, when the server has one
 * to offer, a frame of another site. Runs in the page. Never talks to its frames.
 */
import { cloneTemplate, createElement } from './create-element.js';

const SECTIONS = [
  {
    title: 'Taking a ticket',
    paragraphs: [
      'Take the oldest ticket with the highest priority first. Open it, read the whole conversation, and set yourself as assignee before you write, so that nobody answers twice.',
      'If you cannot start within the hour, leave it unassigned. A ticket with a name on it looks cared for, and nobody else will pick it up.',
      'Tickets that came in by phone are written by the person who took the call. Call back when something is unclear: two minutes on the phone save two days of comments.',
    ],
  },
  {
    title: 'Choosing a priority',
    paragraphs: [
      'Urgent means that work has stopped for several people and there is no way around it. High means that one person cannot work, or several are slowed down. Normal is everything else, and Low is what can wait for a quiet afternoon.',
      'The requester sees the priority. When you lower it, say why in a comment and give a date you can keep.',
      'People affected is a better guide than tone. A polite ticket from the warehouse at six in the morning is often the most urgent one of the day.',
    ],
  },
  {
    title: 'Writing a comment',
    paragraphs: [
      'Say what you did, what the requester should do now, and when you will look again. Leave out how the system works inside, unless they asked.',
      'One question per comment gets an answer. Three questions get one answer, usually to the last.',
      'Never ask for a password, and delete the comment when someone sends one. The field for an API token on the new ticket form is the only place for a secret.',
    ],
  },
  {
    title: 'Waiting for someone',
    paragraphs: [
      'Set the status to Waiting when the next move is not ours: a supplier, a delivery, an answer from the requester. Write down who we wait for.',
      'Waiting tickets come back to the top after three working days. Ask once more, then close with a kind word. The requester can reopen within 7 days.',
    ],
  },
  {
    title: 'Closing a ticket',
    paragraphs: [
      'Close a ticket when the requester has said that it works, or when you have seen it work yourself. A restart that seems to have helped is not a reason yet.',
      'Before you confirm, check that the category is right. The reports are built from it, and so is next year’s budget.',
      'Rate the way it was handled, from the point of view of the person who asked. The ratings are for the team meeting and for nothing else.',
    ],
  },
  {
    title: 'Devices and deliveries',
    paragraphs: [
      'Laptops, phones and docking stations come from the store room on the ground floor. Anything else is ordered, and takes about a week.',
      'Every device that leaves the room gets a label and a ticket. Scan the label twice: the first scan books it out, the second shows you that it worked.',
      'Broken devices go into the grey box, with the ticket number on a note. The courier collects the box on Thursday.',
    ],
  },
  {
    title: 'Calls and visits',
    paragraphs: [
      'The phone is open from seven to six. After the third ring it goes to the person who has taken the fewest calls that day.',
      'When someone stands at the desk, they come before the phone and after an urgent ticket. Write the ticket while they are there, and read the subject out to them: it is the quickest way to find out that you have misunderstood.',
      'For a visit, agree on a time and put it in the comment. Bring the label printer, a spare keyboard and the short ladder. Nobody has ever regretted the short ladder.',
      'Say goodbye with what happens next. People forgive a wait, but not silence.',
    ],
  },
  {
    title: 'New starters',
    paragraphs: [
      'A new starter has one ticket, opened by the manager a week ahead. It stays open until the end of the first day, even when everything works at nine.',
      'Check four things at the desk with them: the screen wakes up, the shared drive opens, the badge prints, the headset is heard on the other side. Then show them this page.',
      'Leavers are the same in reverse. Take the device first and the access at the hour that the manager gave, not earlier.',
    ],
  },
  {
    title: 'When everything is down',
    paragraphs: [
      'Open one ticket for the whole outage and close the others as they come, each with its number. The first person on shift leads and does nothing else.',
      'Write an update every thirty minutes, also when there is nothing new. Say the time of the next one.',
      'When it works again, wait an hour before closing. Then write down what happened in ten lines, without names, while it is fresh.',
    ],
  },
  {
    title: 'Handing over a shift',
    paragraphs: [
      'Write a note for the next shift: what is on fire, what is smouldering, and who has promised to call back. Three lines are enough.',
      'Leave no ticket In progress with your name when you go on holiday. Hand it over in person where you can.',
    ],
  },
];

/** Shows the help article and its frames. */
export function showHelp({ view }) {
  view.replaceChildren(cloneTemplate('help-page'));
  const article = view.querySelector('article');
  const contents = view.querySelector('.contents ul');
  for (const { title, paragraphs } of SECTIONS) {
    const id = title.toLowerCase().replaceAll(' ', '-');
    article.append(
      createElement('h2', { id }, title),
      ...paragraphs.map((text) => createElement('p', {}, text)),
    );
    contents.append(createElement('li', {}, createElement('a', { href: `#${id}` }, title)));
  }
  const { partnerFrameUrl } = document.body.dataset;
  if (partnerFrameUrl) {
    const frame = createElement('iframe', { src: partnerFrameUrl, title: 'Delivery status' });
    view.querySelector('aside').append(frame);
  }
}
