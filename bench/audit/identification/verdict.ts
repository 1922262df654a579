/**
 * Whether an identification audit says anything, and whether the levels keep what is said of them.
 *
 * It fails both ways: an attack that cannot tell people by their raw data proves nothing about protected data.
 */
import type { IdentificationResult } from './identify.ts';
import type { AuditLevel } from './seen-records.ts';

/** Equal error rates of single records as the design states them: the figures that the levels were chosen by. */
export const DESIGNED_EER = {
  motion: { balanced: 0.4, strict: 0.43 },
  rhythm: { balanced: 0.31, strict: 0.36 },
} as const satisfies Record<'motion' | 'rhythm', Partial<Record<AuditLevel, number>>>;

/** A level may fall this far below its design before it fails. */
export const EER_SLACK = 0.05;

/**
 * Least share of people that raw data must name, or the audit is broken.
 *
 * Keys by the issue of the audit; a minute of movements by what the cheap attack reaches, less a margin.
 */
export const LEAST_RAW = [
  { kind: 'rhythm', amount: '330 keys', people: 100, top1: 0.85 },
  { kind: 'motion', amount: '60 s', people: 100, top1: 0.5 },
] as const;

export interface Verdict {
  /** Why the audit proves nothing; empty if it works. */
  broken: string[];
  /** Levels that do not keep their figure, each with what was measured. */
  failed: string[];
}

export function identificationVerdict(results: readonly IdentificationResult[]): Verdict {
  const broken = LEAST_RAW.filter(({ kind }) => results.some((result) => result.kind === kind)).flatMap(
    ({ kind, amount, people, top1 }) => {
      const raw = results.filter(
        (result) => result.kind === kind && result.level === 'raw' && result.amount === amount,
      );
      // The group nearest to the wanted one, as far as there are people.
      const group = Math.max(0, ...raw.map((result) => result.people).filter((size) => size <= people));
      const best = Math.max(
        0,
        ...raw.filter((result) => result.people === group).map((result) => result.top1),
      );
      return best >= top1
        ? []
        : [`raw ${kind}, ${amount}: names ${percent(best)} of ${group} people, needs ${percent(top1)}`];
    },
  );
  const failed = (['motion', 'rhythm'] as const).flatMap((kind) =>
    (['balanced', 'strict'] as const).flatMap((level) => {
      const records = results.filter(
        (result) => result.kind === kind && result.level === level && result.amount === 'record',
      );
      if (records.length === 0) return [];
      const lowest = records.reduce((one, other) => (other.eer < one.eer ? other : one));
      const limit = DESIGNED_EER[kind][level] - EER_SLACK;
      return lowest.eer >= limit
        ? []
        : [
            `${level} ${kind}: equal error rate ${percent(lowest.eer)} by ${lowest.attack} with ${lowest.gallery} known, must not be under ${percent(limit)}`,
          ];
    }),
  );
  return { broken, failed };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
