/**
 * What is done in the made-up work apps, as data for `simulated-workers.ts`: tasks of a few acts each.
 *
 * Runs in the audit. An act says what has to be done; the way it is done is the worker's own (`work-habits.ts`).
 */
import type { Act, WorkTask } from './work-world.ts';

const go = (view: string): Act => ({ do: 'go', view });
const find = (search: string, rows: string, opens: string): Act => ({ do: 'find', search, rows, opens });
const fill = (control: string, keys: number): Act => ({ do: 'fill', control, keys });
const choose = (control: string): Act => ({ do: 'choose', control });
const press = (control: string, opens?: string): Act => ({ do: 'press', control, ...(opens && { opens }) });
const send = (control: string, opens?: string): Act => ({ do: 'send', control, ...(opens && { opens }) });
const confirm = (opener: string, yes: string, no: string): Act => ({ do: 'confirm', opener, yes, no });
const read = (pages: number): Act => ({ do: 'read', pages });
const sometimes = (share: number, ...acts: Act[]): Act => ({ do: 'sometimes', share, acts });
const inAnyOrder = (...acts: Act[]): Act => ({ do: 'inAnyOrder', acts });
const task = (name: string, app: string, ...acts: Act[]): WorkTask => ({ name, app, acts });

const openTicket: Act[] = [go('/tickets'), find('search', 'ticket', '/tickets/:id'), read(1)];
const openContact: Act[] = [go('/contacts'), find('search', 'contact', '/contacts/:id')];
const openOrder: Act[] = [go('/orders'), find('search', 'order', '/orders/:id'), read(0.5)];

/** What people do; each does some more often than others. */
export const TASKS: readonly WorkTask[] = [
  task(
    'answer a ticket',
    'desk',
    ...openTicket,
    fill('comment', 90),
    sometimes(0.5, choose('status')),
    send('save'),
  ),
  task(
    'sort tickets',
    'desk',
    go('/tickets'),
    sometimes(0.4, choose('status')),
    ...[0, 1, 2].map(() => sometimes(0.7, press('mark'))),
    press('assign'),
    sometimes(0.3, press('sort')),
  ),
  task(
    'set up a ticket',
    'desk',
    go('/tickets/new'),
    inAnyOrder(fill('title', 30), fill('email', 18), choose('category'), choose('priority')),
    sometimes(0.3, fill('phone', 10)),
    fill('description', 110),
    sometimes(0.2, press('urgent')),
    send('submit', '/tickets/:id'),
  ),
  task(
    'close a ticket',
    'desk',
    ...openTicket,
    sometimes(0.4, fill('comment', 40)),
    confirm('close', 'confirm', 'keep'),
  ),
  task(
    'hand a ticket on',
    'desk',
    ...openTicket,
    inAnyOrder(choose('assignee'), choose('priority')),
    sometimes(0.5, press('internal'), fill('comment', 50)),
    send('save'),
  ),
  task(
    'look at reports',
    'desk',
    go('/reports'),
    inAnyOrder(choose('period'), choose('team')),
    press('apply'),
    read(1.5),
    sometimes(0.5, press('download')),
  ),
  task(
    'read mail',
    'mail',
    go('/mail/inbox'),
    press('message', '/mail/inbox/:id'),
    read(1.5),
    sometimes(0.5, press('archive')),
    sometimes(0.2, press('delete')),
  ),
  task(
    'reply to mail',
    'mail',
    go('/mail/inbox'),
    find('search', 'message', '/mail/inbox/:id'),
    read(1),
    press('reply'),
    fill('body', 140),
    send('send', '/mail/inbox'),
  ),
  task(
    'write mail',
    'mail',
    go('/mail/compose'),
    fill('to', 14),
    fill('subject', 28),
    fill('body', 220),
    sometimes(0.2, press('bold')),
    sometimes(0.2, press('attach')),
    send('send', '/mail/inbox'),
  ),
  task(
    'clear the inbox',
    'mail',
    go('/mail/inbox'),
    ...[0, 1, 2, 3].map(() => sometimes(0.7, press('mark'))),
    sometimes(0.6, press('archive')),
    sometimes(0.4, press('delete')),
  ),
  task(
    'enter figures',
    'sheet',
    go('/sheets'),
    find('search', 'file', '/sheets/:id'),
    ...[0, 1, 2, 3].map(() => inAnyOrder(fill('amount', 5), fill('note', 12))),
    sometimes(0.3, press('sort')),
  ),
  task(
    'look figures up',
    'sheet',
    go('/sheets'),
    find('search', 'file', '/sheets/:id'),
    press('filter'),
    read(2),
    press('cell'),
  ),
  task('copy figures to mail', 'sheet', go('/sheets'), find('search', 'file', '/sheets/:id'), press('cell'), {
    do: 'carry',
    from: 'cell',
    app: 'mail',
    view: '/mail/compose',
    to: 'body',
  }),
  task(
    'tidy a sheet',
    'sheet',
    go('/sheets'),
    find('search', 'file', '/sheets/:id'),
    press('next sheet'),
    press('cell'),
    press('bold'),
    sometimes(0.5, press('sort')),
    sometimes(0.3, press('print')),
  ),
  task(
    'look something up',
    'wiki',
    go('/wiki/home'),
    find('search', 'page', '/wiki/pages/:name'),
    read(2),
    sometimes(0.4, press('chapter')),
    sometimes(0.1, press('like')),
  ),
  task(
    'edit a page',
    'wiki',
    go('/wiki/home'),
    find('search', 'page', '/wiki/pages/:name'),
    press('edit', '/wiki/edit/:id'),
    read(0.5),
    fill('body', 160),
    sometimes(0.3, press('bold')),
    sometimes(0.3, press('link')),
    send('save', '/wiki/pages/:name'),
  ),
  task(
    'comment on a page',
    'wiki',
    go('/wiki/home'),
    press('recent', '/wiki/pages/:name'),
    read(1.5),
    fill('comment', 60),
    send('send'),
  ),
  task('log a call', 'crm', ...openContact, press('calls'), press('log'), fill('note', 80), send('save')),
  task(
    'update a contact',
    'crm',
    ...openContact,
    press('edit'),
    inAnyOrder(fill('phone', 11), fill('email', 20), fill('title', 15)),
    send('save'),
  ),
  task(
    'move a deal on',
    'crm',
    go('/deals'),
    sometimes(0.4, choose('stage')),
    press('deal', '/deals/:id'),
    inAnyOrder(choose('stage'), fill('amount', 5), fill('date', 8)),
    sometimes(0.4, fill('note', 50)),
    send('save'),
  ),
  task('delete a contact', 'crm', ...openContact, confirm('delete', 'confirm', 'keep')),
  task(
    'plan a meeting',
    'calendar',
    go('/calendar/week'),
    press('slot', '/calendar/events/:id'),
    inAnyOrder(fill('title', 22), fill('guests', 16), choose('room')),
    sometimes(0.4, fill('description', 60)),
    send('save', '/calendar/week'),
  ),
  task(
    'look at the week',
    'calendar',
    go('/calendar/week'),
    sometimes(0.6, press('next')),
    read(0.5),
    press('entry', '/calendar/events/:id'),
    read(0.5),
  ),
  task(
    'call a meeting off',
    'calendar',
    go('/calendar/week'),
    press('entry', '/calendar/events/:id'),
    confirm('delete', 'confirm', 'keep'),
  ),
  task(
    'approve an order',
    'orders',
    ...openOrder,
    confirm('approve', 'confirm', 'keep'),
    sometimes(0.2, press('print')),
  ),
  task(
    'change an order',
    'orders',
    ...openOrder,
    inAnyOrder(fill('quantity', 3), fill('price', 6), fill('date', 8)),
    sometimes(0.3, choose('supplier')),
    send('save'),
  ),
  task(
    'enter an invoice',
    'orders',
    go('/invoices/new'),
    inAnyOrder(fill('number', 9), fill('amount', 6), fill('date', 8), choose('order')),
    sometimes(0.3, fill('note', 40)),
    press('upload'),
    send('submit', '/orders'),
  ),
  task(
    'answer from the wiki',
    'desk',
    ...openTicket,
    { do: 'carry', from: 'comment', app: 'wiki', view: '/wiki/home', to: 'search' },
    fill('comment', 70),
    send('save'),
  ),
];
