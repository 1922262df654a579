/**
 * Results of the audits as tables for a terminal and for documents.
 */
import { markdownTable } from '../../../dataset/markdown.ts';
import type { IdentificationResult } from '../identification/identify.ts';
import type { EpisodeAuditRow } from '../identification/episode-audit.ts';
import type { VariantResult } from '../identification/try-variants.ts';
import type { JoiningResult } from '../joining/joining-result.ts';
import type { KeyRow } from '../keys/key-distribution.ts';
import type { TextResult } from '../text/text-result.ts';
import type { UtilityResult } from '../utility/utility.ts';

/** One line for each condition, with the attack that named most among all people. */
export function identificationTable(results: readonly IdentificationResult[]): string {
  const conditions = Map.groupBy(results, ({ kind, level, amount, gallery }) =>
    [kind, level, amount, gallery].join(),
  );
  const rows = [...conditions.values()].map((own) => {
    const people = Math.max(...own.map((result) => result.people));
    const among = (group: number) => own.filter((result) => result.people === group);
    const best = strongest(among(people));
    const ofTen = strongest(among(10));
    const eer = Math.min(...among(people).map((result) => result.eer));
    return [
      best.kind,
      best.level,
      best.amount,
      String(best.gallery),
      best.attack,
      `${percent(best.top1)} (${percent(best.low)} to ${percent(best.high)}) of ${people}`,
      percent(best.chance),
      percent(best.top5),
      percent(eer),
      percent(ofTen.top1),
      `${percent(best.surest)} of ${best.surestPeople}`,
    ];
  });
  return markdownTable(
    [
      'kind',
      'level',
      'shown',
      'known',
      'attack',
      'top-1 (95 %)',
      'chance',
      'top-5',
      'EER',
      'of 10',
      'surest 5 %',
    ],
    rows,
  );
}

export function utilityTable(results: readonly UtilityResult[]): string {
  return markdownTable(
    ['kind', 'level', 'measure', 'value', 'knowing nothing'],
    results.map(({ kind, level, measure, value, baseline }) => [
      kind,
      level,
      measure,
      value.toFixed(2),
      baseline.toFixed(2),
    ]),
  );
}

export function textTable(results: readonly TextResult[]): string {
  return markdownTable(
    ['level', 'shown', 'place', 'attack', 'top-1 (95 %)', 'chance', 'top-10'],
    results.map(({ level, shown, place, attack, top1, low, high, candidates, chance, top10 }) => [
      level,
      shown,
      place,
      attack,
      `${percent(top1)} (${percent(low)} to ${percent(high)}) of ${candidates}`,
      percent(chance),
      percent(top10),
    ]),
  );
}

export function variantTable(results: readonly VariantResult[]): string {
  return markdownTable(
    ['kind', 'balanced with', 'EER of a record', 'of 10', 'EER if linked', 'utility'],
    results.map(({ kind, variant, eer, ofTen, linkedEer, utility }) => [
      kind,
      variant,
      percent(eer),
      percent(ofTen),
      percent(linkedEer),
      Object.entries(utility)
        .map(([measure, value]) => `${measure} ${value.toFixed(2)}`)
        .join(', '),
    ]),
  );
}

export function joiningTable(results: readonly JoiningResult[]): string {
  return markdownTable(
    ['people', 'level', 'joined', 'by', 'right (95 %)', 'chance'],
    results.map(({ cohort, people, level, pair, channel, top1, low, high, chance }) => [
      `${people} ${cohort}`,
      level,
      pair,
      channel,
      `${percent(top1)} (${percent(low)} to ${percent(high)})`,
      percent(chance),
    ]),
  );
}

export function episodeTable(results: readonly EpisodeAuditRow[]): string {
  return markdownTable(
    ['people differ in', 'level', 'known', 'attack', 'top-1 (95 %)', 'chance', 'EER'],
    results.map(({ scenario, level, gallery, attack, top1, low, high, people, chance, eer }) => [
      scenario,
      level,
      String(gallery),
      attack,
      `${percent(top1)} (${percent(low)} to ${percent(high)}) of ${people}`,
      percent(chance),
      percent(eer),
    ]),
  );
}

export function keyTable(results: readonly KeyRow[]): string {
  return markdownTable(
    ['key', 'people', 'fewest to publish', 'keys', 'published', 'of steps', 'of one person'],
    results.map(
      ({ key, people, minContributors, keys, publishedShare, stepsPublishedShare, ofOnePersonShare }) => [
        key,
        String(people),
        String(minContributors),
        String(keys),
        percent(publishedShare),
        percent(stepsPublishedShare),
        percent(ofOnePersonShare),
      ],
    ),
  );
}

function strongest(results: readonly IdentificationResult[]): IdentificationResult {
  return results.reduce((one, other) => (other.top1 > one.top1 ? other : one));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
