/**
 * The page `/new`: a form with one field of most kinds, checked by the browser's own validation.
 * Runs in the page. Never keeps the API token, the unlock code or the attachment.
 */
import { cloneTemplate, createElement } from './create-element.js';
import { CATEGORIES, PRIORITIES } from './ticket-store.js';

/** Shows the form; a valid submit adds the ticket and goes back to the list. */
export function showNewTicket({ view, store, listState, toast, navigate }) {
  view.replaceChildren(cloneTemplate('new-ticket-page'));
  const form = view.querySelector('#new-ticket-form');
  const category = form.elements.category;
  category.append(new Option('Choose…', ''), ...CATEGORIES.map((name) => new Option(name)));
  view.querySelector('#priority-choices').append(...PRIORITIES.map(createPriorityChoice));

  // `invalid` does not bubble, hence the capture.
  form.addEventListener(
    'invalid',
    (event) => {
      // Replaces the browser's bubble, which shows one error at a time and covers the next field.
      event.preventDefault();
      showError(event.target);
      if (event.target === form.querySelector(':is(input, select, textarea):invalid')) event.target.focus();
    },
    true,
  );
  form.addEventListener('input', (event) => {
    if (event.target.validity?.valid) removeError(event.target);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const ticket = store.add(readTicket(new FormData(form)));
    // The new ticket has to be seen, whatever was searched for before.
    Object.assign(listState, { search: '', status: '', sortKey: 'updated', isDescending: false });
    navigate('/tickets');
    toast.say(`Ticket NW-${ticket.id} created`);
  });
  view.querySelector('#cancel').addEventListener('click', () => navigate('/tickets'));
}

function createPriorityChoice(priority) {
  const isChosen = priority === 'Normal';
  const radio = createElement('input', {
    type: 'radio',
    name: 'priority',
    value: priority,
    checked: isChosen,
  });
  return createElement('label', {}, radio, ` ${priority}`);
}

function readTicket(formData) {
  const requester = formData.get('email');
  return {
    subject: formData.get('subject'),
    category: formData.get('category'),
    priority: formData.get('priority'),
    requester,
    department: 'Not given',
    comments: [{ author: requester, minutesAgo: 0, text: formData.get('description') }],
  };
}

function showError(control) {
  removeError(control);
  const message = createElement(
    'p',
    { class: 'field-error', id: `${control.id}-error` },
    control.validationMessage,
  );
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', message.id);
  control.after(message);
}

function removeError(control) {
  if (control.getAttribute('aria-invalid') !== 'true') return;
  control.removeAttribute('aria-invalid');
  control.removeAttribute('aria-describedby');
  document.getElementById(`${control.id}-error`)?.remove();
}
