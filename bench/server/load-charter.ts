/**
 * The charter of the collectors that are put under load: the apps of the simulated workers, and nobody real.
 *
 * Pure. Its number of people is what the collector's limits grow with; a benchmark of the store states it large.
 */
import { parseCharter, type Charter } from '../../src/charter/charter.ts';
import { APPS } from '../audit/cohort/work-apps.ts';

export function loadCharter(changes: Partial<Charter> = {}): Charter {
  const parsed = parseCharter({
    organization: 'Load on loopback',
    contact: 'nobody@example.com',
    purpose: 'train-agents',
    collectorUrl: 'http://127.0.0.1',
    apps: [...APPS.keys()].map((label) => ({ label, matches: [`https://${label}.example.com/*`] })),
    scopes: ['pointer', 'keys', 'workflow'],
    retentionDays: 90,
    expectedParticipants: 1_000_000,
    minContributors: 10,
    // Longer than any run: releases are sealed by command, at simulated hours.
    release: { everyHours: 24, minRecords: 1000 },
    notice: { version: 1, text: 'Nobody works here; records are made up.' },
    ...changes,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return parsed.charter;
}
