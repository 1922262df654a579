/**
 * An attacker on the bytes of the database: tries to tell which records are one person's from where they lie.
 *
 * Runs in tests only. Takes any mark that a record leaves in the file (its id, a value near its end) and asks whether
 * neighbours, or what shares a page, belong to one person more often than when persons are shuffled.
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const PAGE_BYTES = 4096;
const MAX_DISTANCE = 5;
const SHUFFLES = 200;

/** One mark in the file and the person whose record left it; the attacker knows the persons only to be scored. */
export interface Mark {
  text: string;
  person: string;
}

interface Place {
  person: string;
  offsetBytes: number;
}

/** How many standard deviations from chance each way of matching is; within 4 it has learnt nothing. */
export type Advantage = Record<string, number>;

/** All places of all marks in the file, in physical order. */
export function findPlaces(file: Buffer, marks: readonly Mark[]): Place[] {
  return marks
    .flatMap(({ text, person }) => offsetsOf(file, text).map((offsetBytes) => ({ person, offsetBytes })))
    .sort((left, right) => left.offsetBytes - right.offsetBytes);
}

export function offsetsOf(file: Buffer, text: string): number[] {
  const offsets: number[] = [];
  for (let at = file.indexOf(text); at >= 0; at = file.indexOf(text, at + 1)) offsets.push(at);
  return offsets;
}

/** Whether rewriting the file in the order of its keys would change nothing. */
export function isSettled(path: string): boolean {
  const copyPath = `${path}-copy`;
  copyFileSync(path, copyPath);
  const database = new DatabaseSync(copyPath);
  database.exec('PRAGMA secure_delete = ON');
  database.exec('VACUUM');
  database.close();
  const same = withoutCounters(readFileSync(path)).equals(withoutCounters(readFileSync(copyPath)));
  rmSync(copyPath);
  return same;
}

/** The file without SQLite's counts of changes to it and its schema, which tell how often it was settled. */
export function withoutCounters(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  for (const offsetBytes of [24, 40, 92]) copy.writeUInt32BE(0, offsetBytes);
  return copy;
}

/** Scores the attacker against shuffled persons: by each distance between neighbours, and by shared pages. */
export function measureAdvantage(places: readonly Place[]): Advantage {
  const persons = places.map((place) => place.person);
  const pages = places.map((place) => Math.floor(place.offsetBytes / PAGE_BYTES));
  const advantage: Advantage = {
    samePage: advantageOf(persons, (shuffled) => {
      let alike = 0;
      for (let index = 0; index < shuffled.length; index += 1) {
        for (let other = index + 1; pages[other] === pages[index]; other += 1) {
          if (shuffled[other] === shuffled[index]) alike += 1;
        }
      }
      return alike;
    }),
  };
  for (let distance = 1; distance <= MAX_DISTANCE; distance += 1) {
    advantage[`distance${distance}`] = advantageOf(
      persons,
      (shuffled) => shuffled.filter((person, index) => person === shuffled[index + distance]).length,
    );
  }
  return advantage;
}

/** The best of the attacker's ways. */
export function bestOf(advantage: Advantage): number {
  return Math.max(...Object.values(advantage).map(Math.abs));
}

function advantageOf(persons: readonly string[], count: (persons: readonly string[]) => number): number {
  const random = createRandom(7);
  const byChance = Array.from({ length: SHUFFLES }, () => count(shuffle(persons, random)));
  const mean = byChance.reduce((sum, value) => sum + value, 0) / SHUFFLES;
  const variance = byChance.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SHUFFLES - 1);
  // Without any pair there is nothing to learn from.
  return variance === 0 ? 0 : (count(persons) - mean) / Math.sqrt(variance);
}

/** A copy in random order (Fisher and Yates). */
export function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
