/**
 * Entry of the demo work app: joins the address, the pages and the tickets in memory.
 * Runs in the page, as any internal tool would. Never knows about Proffer and never makes a network request.
 */
import { cloneTemplate } from './create-element.js';
import { createTicketStore } from './ticket-store.js';
import { defineDeskRating } from './desk-rating.js';
import { defineDeskSecret } from './desk-secret.js';
import { openToast } from './toast.js';
import { showHelp } from './help.js';
import { showNewTicket } from './new-ticket.js';
import { showNotes } from './notes.js';
import { showTicket } from './ticket.js';
import { showTicketList } from './ticket-list.js';
import { createRouter } from './router.js';

const APP_NAME = 'Northwind Service Desk';

const ROUTES = [
  { pattern: /^\/tickets$/, title: 'Tickets', show: showTicketList },
  { pattern: /^\/tickets\/(\d+)$/, title: 'Ticket', show: showTicket },
  { pattern: /^\/new$/, title: 'New ticket', show: showNewTicket },
  { pattern: /^\/notes$/, title: 'Notes', show: showNotes },
  { pattern: /^\/help$/, title: 'Help', show: showHelp },
];

function startApp() {
  defineDeskRating();
  defineDeskSecret();
  const view = document.getElementById('view');
  const toast = openToast(document.getElementById('toast'));
  // What a page shares with the next one; all of it is gone with a full page load.
  const shared = { store: createTicketStore(), savedNotes: [], listState: createListState() };
  let leaving = new AbortController();

  const router = createRouter((path, isFirst) => {
    leaving.abort();
    leaving = new AbortController();
    toast.clear();
    const route = ROUTES.find(({ pattern }) => pattern.test(path));
    const ticketId = Number(route?.pattern.exec(path)?.[1]);
    const isMissing = route === undefined || (route.show === showTicket && !shared.store.find(ticketId));
    if (isMissing) view.replaceChildren(cloneTemplate('missing-page'));
    else {
      const context = { ...shared, view, ticketId, toast, navigate: router.navigate, signal: leaving.signal };
      route.show(context);
    }
    document.title = `${isMissing ? 'Page not found' : titleOf(route, ticketId)} - ${APP_NAME}`;
    markCurrentLink(path);
    // Screen reader users would otherwise not learn that the page has changed.
    if (!isFirst) view.querySelector('h1').focus({ preventScroll: true });
  });
  router.start();
}

function createListState() {
  return { search: '', status: '', sortKey: 'updated', isDescending: false, selectedIds: new Set() };
}

function titleOf(route, ticketId) {
  return route.show === showTicket ? `NW-${ticketId}` : route.title;
}

function markCurrentLink(path) {
  for (const link of document.querySelectorAll('nav.side a')) {
    const linkPath = new URL(link.href).pathname;
    const isCurrent = path === linkPath || path.startsWith(`${linkPath}/`);
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

startApp();
