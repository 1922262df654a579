/**
 * A charter in words: nothing of it may be left out, whatever field is added to it.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { ManagedAgreement } from '../charter/agreement.ts';
import { Charter } from '../charter/charter.ts';
import { aCharter } from '../testing/builders.ts';
import { useEnglishTexts } from '../testing/english-texts.ts';
import { KEY_TEXTS } from './charter-details.tsx';
import { charterDifferences } from './charter-differences.ts';
import { charterLines, textOf } from './charter-lines.ts';
import { CHARTER_ROWS } from './charter-view.tsx';

beforeEach(useEnglishTexts);

/** Every field has something in it. */
const full = aCharter({
  neverRecord: ['https://desk.example.com/hr/*'],
  tasks: ['refund'],
  budget: { mainThreadMsPerMinute: 40, bytesPerDay: 4_000_000 },
  notice: { version: 3, text: 'We record how you work.' },
});

/** The same charter with one leaf changed, for every leaf there is. */
function* changedOnce(): Generator<[path: string, charter: Charter]> {
  for (const path of leavesOf(full)) {
    const changed = structuredClone(full) as never;
    const parent = path
      .slice(0, -1)
      .reduce<Record<string, unknown>>((at, name) => at[name] as never, changed);
    const name = path.at(-1)!;
    parent[name] = another(parent[name]);
    yield [path.join('.'), changed];
  }
}

function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name]));
}

function another(value: unknown): unknown {
  if (value === 'balanced') return 'strict';
  // Two of the same scope are no charter, but they must show as well.
  if (value === 'pointer' || value === 'keys' || value === 'workflow')
    return value === 'keys' ? 'pointer' : 'keys';
  return typeof value === 'number' ? 2 * value : `${String(value)}x`;
}

describe('the rows of a charter', () => {
  it('have every field of the schema, once', () => {
    const shown = CHARTER_ROWS.flatMap(({ fields }) => fields);
    expect([...shown].sort()).toEqual(Object.keys(Charter.shape).sort());
  });

  it('stand beside a text for every key that is set with it', () => {
    expect(['charter', ...Object.keys(KEY_TEXTS)].sort()).toEqual(Object.keys(ManagedAgreement.shape).sort());
  });

  it('have something to say of every field', () => {
    for (const field of Object.keys(Charter.shape) as (keyof Charter)[]) {
      for (const line of charterLines(full, field)) expect(textOf(line), field).not.toBe('');
      expect(charterLines(full, field).length, field).toBeGreaterThan(0);
    }
  });

  it('show it when any part of it is another one', () => {
    const changes = [...changedOnce()];
    expect(changes.length).toBeGreaterThan(20);
    for (const [path, changed] of changes) {
      const differences = charterDifferences(full, changed);
      expect(
        differences.map(({ field }) => field),
        path,
      ).toEqual([path.split('.')[0]]);
      const { field, before, after } = differences[0]!;
      const words = [full, changed].map((charter) => charterLines(charter, field).map(textOf).join());
      expect(words[0], path).not.toBe(words[1]);
      const unshared = [...before, ...after].filter(({ isShared }) => !isShared);
      expect(unshared.length, path).toBeGreaterThan(0);
    }
  });

  it('of a notice that is kept elsewhere lead there', () => {
    const url = 'https://intranet.example.com/notice';
    const charter = aCharter({ notice: { version: 1, url } });
    expect(charterLines(charter, 'notice')).toContainEqual({ code: url, href: url });
  });
});
