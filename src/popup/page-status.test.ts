/**
 * The popup's first sentence, for each state and place.
 */
import { describe, expect, it } from 'vitest';
import { Charter } from '../charter/charter.ts';
import type { RecordingState, Terms } from '../consent/recording-state.ts';
import { pageStatus } from './page-status.ts';

const charter = Charter.parse({
  organization: 'Example GmbH',
  contact: 'privacy@example.com',
  purpose: 'agent-training',
  collectorUrl: 'https://collector.example.com',
  apps: [{ label: 'tickets', matches: ['https://tickets.example.com/*'] }],
  scopes: ['pointer'],
  retentionDays: 90,
  expectedParticipants: 20,
  notice: { version: 1, text: 'Notice.' },
});
const terms: Terms = {
  charter,
  charterHash: '0'.repeat(64),
  participantKey: 'p',
  hashingKey: 'h',
  scopes: ['pointer'],
  level: 'balanced',
};
const on: RecordingState = { kind: 'on', terms };

describe('pageStatus', () => {
  it('says recording only where a place is recorded and consent is on', () => {
    expect(pageStatus(on, { recorded: true, app: 'tickets' })).toEqual({ sign: 'recording', app: 'tickets' });
  });

  it('takes a page whose address it may not know for none of the apps', () => {
    expect(pageStatus(on, undefined)).toEqual({ sign: 'excluded', reason: 'not-an-app' });
  });

  it.each(['not-an-app', 'site-off', 'sensitive', 'never-record', 'asks-for-secrets'] as const)(
    'gives the reason %s',
    (reason) => {
      expect(pageStatus(on, { recorded: false, reason })).toEqual({ sign: 'excluded', reason });
    },
  );

  it('says paused, and until when, wherever the page is', () => {
    const paused: RecordingState = { kind: 'paused', terms, untilMs: 5 };
    expect(pageStatus(paused, { recorded: true, app: 'tickets' })).toEqual({ sign: 'paused', untilMs: 5 });
    expect(pageStatus({ ...paused, untilMs: null }, undefined)).toEqual({ sign: 'paused', untilMs: null });
  });

  it('tells a consent taken back from a "no"', () => {
    const declined: RecordingState = { kind: 'declined', charter, charterHash: terms.charterHash };
    expect(pageStatus(declined, undefined, true)).toEqual({ sign: 'off', reason: 'withdrawn' });
  });

  it.each<RecordingState>([
    { kind: 'no-charter' },
    { kind: 'charter-unreadable', problems: ['charter: is not JSON'] },
    { kind: 'undecided', charter, charterHash: terms.charterHash },
    { kind: 'declined', charter, charterHash: terms.charterHash },
    { kind: 'charter-changed', charter, charterHash: terms.charterHash, previous: charter },
  ])('is off, with the reason, when the state is $kind', (state) => {
    expect(pageStatus(state, { recorded: true, app: 'tickets' })).toEqual({
      sign: 'off',
      reason: state.kind,
    });
  });
});
