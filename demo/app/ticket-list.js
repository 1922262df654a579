/**
 * The page `/tickets`: search, filter, sort, choose and open tickets in a list that scrolls by itself.
 * Runs in the page. Never changes a ticket except through the store.
 */
import { cloneTemplate, createElement } from './create-element.js';
import { ME, PRIORITIES, STATUSES, describeAge } from './ticket-store.js';

/** Shows the ticket list; search, filter, order and selection come back when the person does. */
export function showTicketList({ view, store, listState, toast }) {
  view.replaceChildren(cloneTemplate('ticket-list-page'));
  const search = view.querySelector('#search');
  const statusFilter = view.querySelector('#status-filter');
  const selectAll = view.querySelector('#select-all');
  const sortHeaders = [...view.querySelectorAll('th[data-sort]')];

  statusFilter.append(new Option('All statuses', ''), ...STATUSES.map((status) => new Option(status)));
  search.value = listState.search;
  statusFilter.value = listState.status;

  function listShown() {
    return store
      .list()
      .filter((ticket) => matches(ticket, listState))
      .sort(compareBy(listState));
  }

  function refresh() {
    const shown = listShown();
    view.querySelector('tbody').replaceChildren(...shown.map((ticket) => createRow(ticket, listState)));
    view.querySelector('.empty').hidden = shown.length > 0;
    view.querySelector('#ticket-count').textContent = `${shown.length} of ${store.list().length}`;
    for (const header of sortHeaders) {
      const order = listState.isDescending ? 'descending' : 'ascending';
      header.setAttribute('aria-sort', header.dataset.sort === listState.sortKey ? order : 'none');
    }
    refreshSelection();
  }

  function refreshSelection() {
    const selectedCount = listState.selectedIds.size;
    view.querySelector('#selected-count').textContent = selectedCount > 0 ? `${selectedCount} selected` : '';
    for (const button of view.querySelectorAll('.bulk button')) button.disabled = selectedCount === 0;
    const boxes = [...view.querySelectorAll('tbody input[type=checkbox]')];
    for (const box of boxes) box.closest('tr').classList.toggle('selected', box.checked);
    selectAll.checked = boxes.length > 0 && boxes.every((box) => box.checked);
    selectAll.indeterminate = !selectAll.checked && boxes.some((box) => box.checked);
  }

  function updateSelected(changes, done) {
    const { selectedIds } = listState;
    for (const id of selectedIds) store.update(id, changes);
    toast.say(`${selectedIds.size} ${selectedIds.size === 1 ? 'ticket' : 'tickets'} ${done}`);
    selectedIds.clear();
    refresh();
  }

  search.addEventListener('input', () => {
    listState.search = search.value;
    refresh();
  });
  statusFilter.addEventListener('change', () => {
    listState.status = statusFilter.value;
    refresh();
  });
  for (const header of sortHeaders) {
    header.querySelector('button').addEventListener('click', () => {
      const isSameKey = listState.sortKey === header.dataset.sort;
      listState.isDescending = isSameKey && !listState.isDescending;
      listState.sortKey = header.dataset.sort;
      refresh();
    });
  }
  view.querySelector('tbody').addEventListener('change', (event) => {
    toggleSelected(listState, Number(event.target.value), event.target.checked);
    refreshSelection();
  });
  selectAll.addEventListener('change', () => {
    for (const box of view.querySelectorAll('tbody input[type=checkbox]')) {
      box.checked = selectAll.checked;
      toggleSelected(listState, Number(box.value), box.checked);
    }
    refreshSelection();
  });
  view.querySelector('#assign-selected').addEventListener('click', () => {
    updateSelected({ assignee: ME }, 'assigned to you');
  });
  view.querySelector('#wait-selected').addEventListener('click', () => {
    updateSelected({ status: 'Waiting' }, 'marked as waiting');
  });
  refresh();
}

function toggleSelected({ selectedIds }, id, isSelected) {
  if (isSelected) selectedIds.add(id);
  else selectedIds.delete(id);
}

function matches(ticket, { search, status }) {
  const haystack = `NW-${ticket.id} ${ticket.subject} ${ticket.requester}`.toLowerCase();
  return (status === '' || ticket.status === status) && haystack.includes(search.trim().toLowerCase());
}

function compareBy({ sortKey, isDescending }) {
  const valueOf = {
    id: (ticket) => ticket.id,
    priority: (ticket) => PRIORITIES.indexOf(ticket.priority),
    updated: (ticket) => ticket.updatedMinutesAgo,
  }[sortKey];
  const direction = isDescending ? -1 : 1;
  return (one, other) => direction * (valueOf(one) - valueOf(other));
}

function createRow(ticket, { selectedIds }) {
  const number = `NW-${ticket.id}`;
  const box = createElement('input', {
    type: 'checkbox',
    value: ticket.id,
    'aria-label': `Select ${number}`,
  });
  box.checked = selectedIds.has(ticket.id);
  return createElement(
    'tr',
    {},
    createElement('td', { class: 'narrow' }, box),
    createElement('td', { class: 'number' }, number),
    createElement('td', { class: 'subject', title: ticket.subject }, ticket.subject),
    createElement('td', { class: 'requester', title: ticket.requester }, ticket.requester),
    createElement('td', {}, createStatusChip(ticket.status)),
    createElement('td', {}, createPriority(ticket.priority)),
    createElement('td', {}, ticket.assignee),
    createElement('td', { class: 'quiet' }, describeAge(ticket.updatedMinutesAgo)),
    createElement('td', {}, createElement('a', { href: `/tickets/${ticket.id}` }, 'Open')),
  );
}

function createStatusChip(status) {
  return createElement('span', { class: 'chip', 'data-status': status }, status);
}

function createPriority(priority) {
  return createElement('span', { class: 'priority', 'data-priority': priority }, priority);
}
