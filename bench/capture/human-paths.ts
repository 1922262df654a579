/**
 * Where the pointer paths of people come from: the folder that is beside the project where there is one, else made up.
 *
 * Runs in Node. Nothing of the data is written anywhere.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCohort, type PointerSession } from '../audit/cohort/sessions.ts';
import { syntheticPointers } from '../audit/cohort/synthetic-pointers.ts';
import { seededRandom } from '../audit/seeded-random.ts';
import type { Input } from './scripted-session.ts';

export interface HumanPaths {
  isSynthetic: boolean;
  sessions: PointerSession[];
}

const MADE_UP_PEOPLE = 20;
const SCREEN = { widthPx: 1280, heightPx: 800 };

export async function readHumanPaths(folder: string): Promise<HumanPaths> {
  if (existsSync(join(folder, 'pointer.jsonl.gz')))
    return { isSynthetic: false, sessions: (await readCohort(folder)).pointers };
  return {
    isSynthetic: true,
    sessions: syntheticPointers({ people: MADE_UP_PEOPLE, random: seededRandom(1) }),
  };
}

/** A stretch of a person's session with its moves only, made to fit the page. */
export function movesOnly(session: PointerSession, lengthMs: number): PointerSession {
  const kept = session.timeMs.flatMap((timeMs, index) => {
    const isMove = session.state[index] === 0 || session.state[index] === 3;
    return isMove && timeMs < lengthMs ? [index] : [];
  });
  const share = (column: readonly number[], limitPx: number) => {
    const scale = Math.min(1, (limitPx - 1) / Math.max(1, ...column));
    return kept.map((index) => Math.round(column[index]! * scale));
  };
  return {
    person: session.person,
    session: session.session,
    timeMs: kept.map((index) => session.timeMs[index]!),
    xPx: share(session.xPx, SCREEN.widthPx),
    yPx: share(session.yPx, SCREEN.heightPx),
    button: kept.map(() => 0),
    state: kept.map(() => 0),
  };
}

export function asInputs(session: PointerSession): Input[] {
  return session.timeMs.map((atMs, index) => ({
    kind: 'move',
    atMs,
    xPx: session.xPx[index]!,
    yPx: session.yPx[index]!,
  }));
}
