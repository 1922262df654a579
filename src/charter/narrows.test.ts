import { describe, expect, it } from 'vitest';
import { aCharter } from '../testing/builders.ts';
import type { Charter } from './charter.ts';
import { narrows } from './narrows.ts';

const previous = aCharter({
  apps: [
    { label: 'desk', matches: ['https://desk.example.com/*'] },
    { label: 'wiki', matches: ['https://wiki.example.com/*'] },
  ],
  neverRecord: ['https://desk.example.com/private/*'],
  tasks: ['triage', 'answer'],
  holdHours: 24,
  minContributors: 10,
});

const narrower: [string, Partial<Charter>][] = [
  ['nothing changed', {}],
  ['an app removed', { apps: [previous.apps[0]!] }],
  ['an app made smaller', { apps: [{ label: 'desk', matches: ['https://desk.example.com/tickets/*'] }] }],
  ['a scope removed', { scopes: ['pointer'] }],
  ['a task removed', { tasks: ['triage'] }],
  [
    'a place never recorded added',
    { neverRecord: [...previous.neverRecord, 'https://wiki.example.com/hr/*'] },
  ],
  ['stricter protection', { protection: 'strict' }],
  ['shorter retention', { retentionDays: 30 }],
  ['longer hold', { holdHours: 48 }],
  ['smaller budget', { budget: { mainThreadMsPerMinute: 10, bytesPerDay: 100_000 } }],
  ['more contributors wanted', { minContributors: 20 }],
];

const wider: [string, Partial<Charter>][] = [
  ['an app added', { apps: [...previous.apps, { label: 'mail', matches: ['https://mail.example.com/*'] }] }],
  ['an app made larger', { apps: [{ label: 'desk', matches: ['https://*.example.com/*'] }] }],
  ['an app renamed', { apps: [{ label: 'helpdesk', matches: ['https://desk.example.com/*'] }] }],
  ['a task added', { tasks: ['triage', 'answer', 'escalate'] }],
  ['a place no longer kept out', { neverRecord: [] }],
  ['weaker protection', { protection: 'linked' }],
  ['longer retention', { retentionDays: 3650 }],
  ['shorter hold', { holdHours: 0 }],
  ['larger budget', { budget: { mainThreadMsPerMinute: 500, bytesPerDay: 5_000_000 } }],
  ['fewer contributors wanted', { minContributors: 2 }],
  ['another purpose', { purpose: 'productivity' }],
  ['another collector', { collectorUrl: 'https://elsewhere.example.com' }],
  ['another organisation', { organization: 'Other GmbH' }],
  ['another contact', { contact: 'someone@example.com' }],
  ['other releases', { release: { everyHours: 1, minRecords: 1 } }],
  ['another notice', { notice: { version: 2, text: 'Something else.' } }],
  ['other expected participants', { expectedParticipants: 5 }],
];

describe('narrowing', () => {
  it.each(narrower)('%s narrows', (_name, changes) => {
    expect(narrows(previous, { ...previous, ...changes })).toBe(true);
  });

  it.each(wider)('%s widens', (_name, changes) => {
    expect(narrows(previous, { ...previous, ...changes })).toBe(false);
  });

  it('a charter that narrows in one thing and widens in another widens', () => {
    expect(narrows(previous, { ...previous, scopes: ['pointer'], retentionDays: 3650 })).toBe(false);
  });

  it('knows every field of a charter', () => {
    // A field added to the schema must be thought about here: it is a change until it is known to narrow.
    const covered = [...narrower, ...wider].flatMap(([, changes]) => Object.keys(changes));
    expect(new Set(covered)).toEqual(new Set(Object.keys(previous)));
  });
});
