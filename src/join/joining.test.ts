/**
 * Who may take a charter by code, and who may leave.
 */
import { describe, expect, it } from 'vitest';
import { Charter } from '../charter/charter.ts';
import type { CharterInForce } from '../consent/charter-in-force.ts';
import type { RecordingState } from '../consent/recording-state.ts';
import { isSetByPolicy, mayLeave, mayTake, neededOrigins } from './joining.ts';

function anAgreement(collectorUrl = 'https://collector.example.com') {
  const charter = Charter.parse({
    organization: 'Example GmbH',
    contact: 'privacy@example.com',
    purpose: 'agent-training',
    collectorUrl,
    apps: [{ label: 'tickets', matches: ['https://tickets.example.com:8443/app/*'] }],
    scopes: ['pointer'],
    retentionDays: 90,
    expectedParticipants: 20,
    notice: { version: 1, text: 'Notice.' },
  });
  return { charter, participantKey: 'p', hashingKey: 'h' };
}

const agreement = anAgreement();
const charterHash = '0'.repeat(64);
const inForce = (source: 'policy' | 'join-code'): CharterInForce => ({
  kind: 'in-force',
  source,
  agreement,
  hash: charterHash,
});
const declined: RecordingState = { kind: 'declined', charter: agreement.charter, charterHash };
const on: RecordingState = {
  kind: 'on',
  terms: { ...agreement, charterHash, scopes: ['pointer'], level: 'balanced' },
};

describe('joining', () => {
  it('is open when there is no charter', () => {
    expect(mayTake(agreement, { inForce: { kind: 'none' }, state: { kind: 'no-charter' } })).toBe(true);
  });

  it('is refused beside a policy, even one that cannot be read', () => {
    const unreadable: CharterInForce = { kind: 'unreadable', source: 'policy', problems: [] };
    for (const standing of [
      { inForce: inForce('policy'), state: declined },
      { inForce: unreadable, state: { kind: 'charter-unreadable' as const, problems: [] } },
    ]) {
      expect(isSetByPolicy(standing)).toBe(true);
      expect(mayTake(agreement, standing)).toBe(false);
      expect(mayLeave(standing)).toBe(false);
    }
  });

  it('may renew the charter of the same collector while consent is given, but not change the collector', () => {
    const standing = { inForce: inForce('join-code'), state: on };
    expect(mayTake(anAgreement(), standing)).toBe(true);
    expect(mayTake(anAgreement('https://other.example.com'), standing)).toBe(false);
  });

  it('may change the collector once consent was withdrawn', () => {
    const standing = { inForce: inForce('join-code'), state: declined };
    expect(mayTake(anAgreement('https://other.example.com'), standing)).toBe(true);
  });

  it('asks for the origins of the apps and the collector, without ports', () => {
    expect(neededOrigins(agreement.charter)).toEqual([
      'https://tickets.example.com/*',
      'https://collector.example.com/*',
    ]);
  });
});

describe('leaving', () => {
  it('needs consent to be withdrawn first', () => {
    expect(mayLeave({ inForce: inForce('join-code'), state: on })).toBe(false);
    expect(mayLeave({ inForce: inForce('join-code'), state: declined })).toBe(true);
  });
});
