/**
 * The page `/tickets/:id`: read a ticket, comment on it, change it, close it after a question, rate it.
 * Runs in the page. Never changes a ticket except through the store.
 */
import { cloneTemplate, createElement, fillSelect } from './create-element.js';
import { ASSIGNEES, ME, PRIORITIES, STATUSES, describeAge } from './ticket-store.js';

/** Shows one ticket, which must exist. */
export function showTicket({ view, store, ticketId, toast, navigate }) {
  view.replaceChildren(cloneTemplate('ticket-page'));
  const form = view.querySelector('#ticket-form');
  const closeButton = view.querySelector('#close-ticket');
  const closeDialog = view.querySelector('#close-dialog');

  function refresh() {
    const ticket = store.find(ticketId);
    view.querySelector('#ticket-number').textContent = `NW-${ticket.id} · ${ticket.category}`;
    view.querySelector('h1').textContent = ticket.subject;
    view.querySelector('.conversation').replaceChildren(...ticket.comments.map(createComment));
    view.querySelector('.facts').replaceChildren(...createFacts(ticket));
    fillSelect(view.querySelector('#status'), STATUSES, ticket.status);
    fillSelect(view.querySelector('#priority'), PRIORITIES, ticket.priority);
    fillSelect(view.querySelector('#assignee'), ASSIGNEES, ticket.assignee);
    closeButton.textContent = ticket.status === 'Closed' ? 'Reopen ticket' : 'Close ticket';
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { comment, ...changes } = Object.fromEntries(new FormData(form));
    const { comments } = store.find(ticketId);
    const text = comment.trim();
    const added = text === '' ? [] : [{ author: ME, minutesAgo: 0, text }];
    store.update(ticketId, { ...changes, comments: [...comments, ...added] });
    form.elements.comment.value = '';
    refresh();
    toast.say('Ticket saved');
  });
  view.querySelector('#cancel').addEventListener('click', () => navigate('/tickets'));

  closeButton.addEventListener('click', () => {
    if (store.find(ticketId).status === 'Closed') {
      store.update(ticketId, { status: 'In progress' });
      refresh();
      toast.say('Ticket reopened');
      return;
    }
    // The answer of an earlier opening would otherwise stay when this one is left with Escape.
    closeDialog.returnValue = '';
    closeDialog.showModal();
  });
  closeDialog.addEventListener('close', () => {
    if (closeDialog.returnValue !== 'confirm') return;
    store.update(ticketId, { status: 'Closed' });
    refresh();
    toast.say('Ticket closed');
  });
  view.querySelector('desk-rating').addEventListener('rating', () => toast.say('Rating sent'));
  refresh();
}

function createComment({ author, minutesAgo, text }) {
  const isMine = author === ME;
  return createElement(
    'li',
    { class: isMine ? 'mine' : undefined },
    createElement(
      'p',
      { class: 'byline' },
      createElement('strong', {}, author),
      ` ${describeAge(minutesAgo)}`,
    ),
    createElement('p', { class: 'message' }, text),
  );
}

function createFacts(ticket) {
  const facts = [
    ['Requester', ticket.requester],
    ['Department', ticket.department],
    ['Updated', describeAge(ticket.updatedMinutesAgo)],
  ];
  return facts.map(([term, detail]) =>
    createElement('div', {}, createElement('dt', {}, term), createElement('dd', {}, detail)),
  );
}
