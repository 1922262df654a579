/**
 * Routes as they are hashed into view keys: only words that belong to software are told apart.
 *
 * In the page, so that no other word of an address is in a message, and again in the background before it is hashed.
 * A route may hold a name (`/users/alice-jones`). Hashed with a key it cannot be read, yet it would mark all records
 * of one person's own page, and even whether it is a plain word or has a capital or a digit in it is the name's. So a
 * word that is not on this public list counts as an id. Given up: two views that differ only in an unlisted word look
 * alike.
 */

const ROUTE_WORDS =
  `about access account accounts action actions active activity add admin agenda agents alerts all analytics api app
  apps approvals archive archived article articles asset assets assigned attachments audit auth backlog basket billing
  board boards book bookings branches browse budget bugs builds bulk calendar call calls campaigns cart cases catalog
  categories category changes channel channels chart charts chat checklist clients code comments commits companies
  company compare complete compose config configuration contact contacts content contract contracts copy create
  customers dashboard dashboards data database deals delete deliveries department departments deploy details
  directory discussions docs document documents done downloads draft drafts edit editor email employees environments
  error estimates event events example expenses explore export exports favorites feed feedback fields file files
  filter filters finance folder folders forecast form forms forum general groups guide help history home hours images
  import imports inbox incidents index info insights integrations inventory invite invoice invoices issue issues item
  items jobs journal kanban kb knowledge labels latest leads learn library license links list lists locations logs
  mail manage map maps me media meeting meetings members menu merge messages metrics milestones mine modules monitor
  new news note notes notifications offers open opportunities options order orders org organization overview page
  pages partners payments people performance permissions phases photos pipeline pipelines plan planning plans policies
  portal post posts preferences preview pricing print privacy problems process processes product products profile
  profiles project projects properties pull pulls purchase purchases queue queues quote quotes recent records releases
  reminders report reports repository requests reservations resources results returns review reviews roadmap roles
  rooms rules run runs sales save schedule schedules schema scope search section sections security send sent service
  services session sessions settings share shared shipments shop sites skills sla sources spaces sprints start stats
  status steps stock storage store stories subscriptions summary suppliers support survey surveys sync system table
  tables tags task tasks team teams template templates terms test tests ticket tickets timeline times timesheets
  today tools topics tracking training transactions trash trends unread update updates upload uploads usage user users
  vendors version versions view views visits warehouse week widgets wiki work workflow workflows workspace workspaces
  year`.split(/\s+/);

/** How deep into folders that users made a route may be seen to go. */
const MAX_IDS_IN_A_ROW = 3;

/** The shape of a route with every word that is not public replaced as ids are. */
export function publicRoute(routeShape: string): string {
  const segments = routeShape
    .split('/')
    .map((segment) => (segment === '' || ROUTE_WORDS.includes(segment) ? segment : ':id'));
  return segments
    .filter((segment, index) => {
      const before = segments.slice(Math.max(0, index - MAX_IDS_IN_A_ROW), index);
      return segment !== ':id' || before.length < MAX_IDS_IN_A_ROW || before.some((other) => other !== ':id');
    })
    .join('/');
}
