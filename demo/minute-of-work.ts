/**
 * A minute of work at the service desk, by a scripted person: what the demo records.
 *
 * Runs in Node. Uses every kind of place that the work app has: list, form, editor, frame, shadow DOM.
 */
import type { Page } from '@playwright/test';
import { createPerson, type Deeds } from './person.ts';

/** @param report is told what the person is doing, for the progress shown. */
export async function doMinuteOfWork(
  page: Page,
  workAppUrl: string,
  report: (what: string) => void,
): Promise<Deeds> {
  const person = createPerson(page);
  await person.open(`${workAppUrl}/tickets`);

  report('looks for a ticket');
  await person.fill(page.getByRole('searchbox', { name: 'Search' }), 'prinm\bter');
  await person.empty(page.getByRole('searchbox', { name: 'Search' }));
  await person.pointAt(page.getByRole('region', { name: 'Ticket list' }));
  await person.scroll(300);
  await person.follow(
    page.getByRole('region', { name: 'Ticket list' }).getByRole('link', { name: 'Open' }).nth(4),
  );

  report('answers it');
  await person.fill(
    page.getByRole('textbox', { name: 'Comment' }),
    'we will send somebody on monday to look at tht\b\bhat and bring a new one',
  );
  await person.click(page.getByRole('button', { name: '4 stars' }));
  await person.click(page.getByRole('button', { name: 'Save', exact: true }));

  report('opens a new ticket');
  await person.follow(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'New ticket' }),
  );
  await person.fill(page.getByLabel('Subject'), 'second screen stays dark after the update');
  await person.fill(page.getByLabel('Requester email'), 'kim@example.com');
  await page.getByLabel('Category').selectOption('Hardware');
  await person.fillSecretly(page.getByLabel('API token'), 'never recorded');
  await person.fill(
    page.getByLabel('Description'),
    'it worked on friday and since the update it does not turn on',
  );
  await person.follow(page.getByRole('button', { name: 'Submit' }));

  report('writes a note');
  await person.follow(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Notes' }));
  await person.fill(
    page.getByRole('textbox', { name: 'Note', exact: true }),
    'order two more screens and ask for the delivery date',
  );
  await person.click(page.getByRole('button', { name: 'Save', exact: true }));

  report('asks for help');
  await person.follow(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Help' }));
  const frame = page.frameLocator('iframe[title="Ask the desk"]');
  await person.fill(
    frame.getByRole('textbox', { name: 'Your question' }),
    'when does the desk open on holidays',
  );
  await person.click(frame.getByRole('button', { name: 'Send' }));
  // The last step waits for its effect, and its message for the next turn.
  await page.waitForTimeout(2000);
  return person.deeds;
}
