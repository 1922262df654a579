/**
 * Seven made-up work apps, as data for `simulated-workers.ts`.
 *
 * Runs in the audit. Modelled on nothing but what such apps commonly have: lists, forms, an editor, a grid, a dialog.
 */
import { workApp, type WorkApp } from './work-world.ts';

const desk = workApp(
  'desk',
  true,
  'new:link@navigation^new | tickets:link@navigation | reports:link@navigation | help:link@banner',
  {
    '/tickets': `search:searchbox@search^find | status:select@search | sort:icon@region | ticket:link@region*25
      | mark:checkbox@region*25 | assign:button@main | wait:button@main`,
    '/tickets/:id': `back:link@main | comment:textarea@form | save:button@form^save | cancel:button@form
      | status:select@complementary | priority:select@complementary | assignee:select@complementary
      | close:button@main | confirm:button@dialog | keep:button@dialog | internal:tab@main`,
    '/tickets/new': `title:text@form | email:email@form | phone:text@form | category:select@form
      | priority:select@form | description:textarea@form | urgent:checkbox@form | submit:button@form^submit
      | cancel:button@form`,
    '/reports': 'period:select@search | team:select@search | apply:button@search | download:button@main',
  },
);

const mail = workApp(
  'mail',
  true,
  'compose:button@navigation^new | inbox:link@navigation | sent:link@navigation | search:searchbox@banner^find',
  {
    '/mail/inbox': 'message:link@main*50 | mark:checkbox@main*50 | archive:icon@main | delete:icon@main',
    '/mail/inbox/:id': `reply:button@main | forward:button@main | archive:icon@main | delete:icon@main
      | body:editor@form | send:button@form^submit | attachment:link@main | bold:icon@form^bold`,
    '/mail/compose': `to:email@form | subject:text@form | body:editor@form | bold:icon@form^bold
      | link:icon@form^link | attach:icon@form | send:button@form^submit | discard:icon@form`,
  },
);

const sheet = workApp('sheet', true, 'files:link@banner | undo:icon@banner^undo | bold:icon@banner^bold', {
  '/sheets': 'search:searchbox@banner^find | file:link@main*12 | new:button@main^new',
  '/sheets/:id': `cell:cell@main*40 | amount:cell@main*40 | note:cell@main*40 | formula:text@banner
    | filter:button@banner | sort:button@banner | next sheet:tab@contentinfo | copy:menuitem@dialog^copy
    | print:icon@banner^print`,
});

const wiki = workApp(
  'wiki',
  false,
  'search:searchbox@banner^find | home:link@banner | add:button@banner^new',
  {
    '/wiki/home': 'page:link@main*18 | recent:link@complementary*8',
    '/wiki/pages/:name': `edit:button@main | comment:textarea@form | send:button@form^submit
    | chapter:link@complementary*9 | like:icon@main`,
    '/wiki/edit/:id': `title:text@form | body:editor@form | bold:icon@form^bold | italic:icon@form^italic
    | link:icon@form^link | save:button@form^save | cancel:button@form`,
  },
);

const crm = workApp(
  'crm',
  true,
  'companies:link@navigation | contacts:link@navigation | deals:link@navigation | search:searchbox@banner^find',
  {
    '/contacts': 'filter:select@search | contact:link@region*30 | new:button@main^new',
    '/contacts/:id': `edit:button@main | phone:text@form | email:email@form | title:text@form | note:textarea@form
      | save:button@form^save | calls:tab@main | log:button@main | delete:button@main | confirm:button@dialog
      | keep:button@dialog`,
    '/deals': 'stage:select@search | deal:link@region*16 | new:button@main^new',
    '/deals/:id': `amount:number@form | date:date@form | stage:select@form | note:textarea@form
      | save:button@form^save | next:button@main | won:checkbox@form`,
  },
);

const calendar = workApp('calendar', true, 'today:button@banner | next:icon@banner | previous:icon@banner', {
  '/calendar/week': 'slot:cell@main*28 | entry:link@main*14 | new:button@navigation^new',
  '/calendar/events/:id': `title:text@form | date:date@form | guests:email@form | room:select@form
    | description:textarea@form | save:button@form^save | delete:button@form | confirm:button@dialog
    | keep:button@dialog`,
});

const orders = workApp(
  'orders',
  false,
  'orders:link@navigation | invoices:link@navigation | suppliers:link@navigation',
  {
    '/orders':
      'search:searchbox@search^find | status:select@search | order:link@region*20 | mark:checkbox@region*20',
    '/orders/:id': `quantity:number@form | price:number@form | date:date@form | supplier:select@form
      | approve:button@main | reject:button@main | confirm:button@dialog | keep:button@dialog
      | save:button@form^save | print:icon@main^print`,
    '/invoices/new': `number:text@form | amount:number@form | date:date@form | order:select@form
      | note:textarea@form | upload:button@form | submit:button@form^submit`,
  },
);

/** By label. */
export const APPS: ReadonlyMap<string, WorkApp> = new Map(
  [desk, mail, sheet, wiki, crm, calendar, orders].map((app) => [app.label, app]),
);
