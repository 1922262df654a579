/**
 * Routes as they are hashed into view keys: only words that belong to software are told apart.
 *
 * In the page, in the vocabulary script, so that no other word of an address is in a message, and again in the
 * background before it is hashed. A route may hold a name (`/users/alice-jones`). Hashed with a key it cannot be read,
 * yet it would mark all records of one person's own page, and even whether it is a plain word or has a capital or a
 * digit in it is the name's. So a word that is not on this public list counts as an id. Given up: two views that differ
 * only in an unlisted word look alike.
 */

/** With an `s?` where the word is public in both forms. */
const ROUTE_WORDS = `
  about access accounts? actions? active activity add admin agenda agents alerts all analytics api apps? approvals
  archive archived articles? assets? assigned attachments audit auth backlog basket billing boards? book bookings
  branches browse budget bugs builds bulk calendar calls? campaigns cart cases catalog categories category changes
  channels? charts? chat checklist clients code comments commits companies company compare complete compose config
  configuration contacts? content contracts? copy create customers dashboards? data database deals delete deliveries
  departments? deploy details directory discussions docs documents? done downloads drafts? edit editor email employees
  environments error estimates events? example expenses explore exports? favorites feed feedback fields files?
  filters? finance folders? forecast forms? forum general groups guide help history home hours images imports? inbox
  incidents index info insights integrations inventory invite invoices? issues? items? jobs journal kanban kb
  knowledge labels latest leads learn library license links lists? locations logs mail manage maps? me media meetings?
  members menu merge messages metrics milestones mine modules monitor news? notes? notifications offers open
  opportunities options orders? org organization overview pages? partners payments people performance permissions
  phases photos pipelines? plans? planning policies portal posts? preferences preview pricing print privacy problems
  process processes products? profiles? projects? properties pulls? purchases? queues? quotes? recent records releases
  reminders reports? repository requests reservations resources results returns reviews? roadmap roles rooms rules
  runs? sales save schedules? schema scope search sections? security send sent services? sessions? settings share
  shared shipments shop sites skills sla sources spaces sprints start stats status steps stock storage store stories
  subscriptions summary suppliers support surveys? sync system tables? tags tasks? teams? templates? terms tests?
  tickets? timeline times timesheets today tools topics tracking training transactions trash trends unread updates?
  uploads? usage users? vendors versions? views? visits warehouse week widgets wiki work workflows? workspaces? year`;

/** Looked up and not matched: as a pattern the list takes three times the memory of every page, and longer to start. */
const LISTED: ReadonlySet<string> = new Set(ROUTE_WORDS.trim().split(/\s+/));

function isPublic(word: string): boolean {
  return LISTED.has(word) || LISTED.has(`${word}?`) || LISTED.has(`${word}s?`);
}

/** The shape of a route with every word that is not public replaced as ids are. */
export function publicRoute(routeShape: string): string {
  return (
    routeShape
      .split('/')
      .map((segment) => (segment === '' || isPublic(segment) ? segment : ':id'))
      .join('/')
      // How deep into folders that users made a route goes is not told.
      .replace(/(\/:id){4,}/g, '/:id/:id/:id')
  );
}
