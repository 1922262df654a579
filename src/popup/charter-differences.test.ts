/**
 * Differences between charters, as the popup sets them beside each other.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { Charter } from '../charter/charter.ts';
import { useEnglishTexts } from '../testing/english-texts.ts';
import { charterDifferences } from './charter-differences.ts';

beforeEach(useEnglishTexts);

function aCharter(parts: Partial<Charter> = {}): Charter {
  return Charter.parse({
    organization: 'Example GmbH',
    contact: 'privacy@example.com',
    purpose: 'agent-training',
    collectorUrl: 'https://collector.example.com',
    apps: [{ label: 'tickets', matches: ['https://tickets.example.com/*'] }],
    scopes: ['pointer'],
    retentionDays: 90,
    expectedParticipants: 20,
    notice: { version: 1, text: 'Notice.' },
    ...parts,
  });
}

describe('charterDifferences', () => {
  it('finds none between equal charters', () => {
    expect(charterDifferences(aCharter(), aCharter())).toEqual([]);
  });

  it('sets a changed value beside the old one', () => {
    expect(charterDifferences(aCharter(), aCharter({ retentionDays: 365 }))).toEqual([
      {
        field: 'retentionDays',
        before: [{ text: 'At the collector: at most 90 days.', isShared: false }],
        after: [{ text: 'At the collector: at most 365 days.', isShared: false }],
      },
    ]);
  });

  it('marks what only one side of a list has', () => {
    const wider = aCharter({
      apps: [
        { label: 'tickets', matches: ['https://tickets.example.com/*'] },
        { label: 'wiki', matches: ['https://wiki.example.com/*'] },
      ],
    });
    expect(charterDifferences(aCharter(), wider)).toEqual([
      {
        field: 'apps',
        before: [{ text: 'tickets: https://tickets.example.com/*', isShared: true }],
        after: [
          { text: 'tickets: https://tickets.example.com/*', isShared: true },
          { text: 'wiki: https://wiki.example.com/*', isShared: false },
        ],
      },
    ]);
  });

  it('shows the parts of a field that has parts', () => {
    const [difference] = charterDifferences(
      aCharter(),
      aCharter({ notice: { version: 2, text: 'Notice.' } }),
    );
    expect(difference).toEqual({
      field: 'notice',
      before: [
        { text: 'Version 1', isShared: false },
        { text: 'Notice.', isShared: true },
      ],
      after: [
        { text: 'Version 2', isShared: false },
        { text: 'Notice.', isShared: true },
      ],
    });
  });

  it('shows a list that was empty', () => {
    const [difference] = charterDifferences(aCharter(), aCharter({ tasks: ['refund'] }));
    expect(difference).toEqual({
      field: 'tasks',
      before: [{ text: 'None', isShared: false }],
      after: [{ text: 'refund', isShared: false }],
    });
  });

  it('shows exactly what is too small for the words', () => {
    const budget = { mainThreadMsPerMinute: 50, bytesPerDay: 5_000_001 };
    const [difference] = charterDifferences(aCharter(), aCharter({ budget }));
    expect(difference!.after[0]!.text).toContain('5000001');
  });
});
