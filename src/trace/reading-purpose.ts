/**
 * What a reader may use releases for: a charter's purpose, or the same for what volunteers gave at level `linked`.
 *
 * Used by the collector, its keys and the dataset command. The colon cannot be part of a slug, so that no charter can
 * choose a purpose that reads as another's linked one.
 */
import { z } from 'zod';
import type { Level } from '../charter/charter.ts';

const LINKED_SUFFIX = ':linked';

/** `train-agents`, or `train-agents:linked`. */
export const ReadingPurpose = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}(:linked)?$/)
  .meta({ description: "The charter's purpose, with `:linked` behind it for linked releases." });

/** The purpose under which records of a level are released. */
export function readingPurposeOf(charterPurpose: string, level: Level): string {
  return level === 'linked' ? charterPurpose + LINKED_SUFFIX : charterPurpose;
}

/** Whether it is for linked releases, and for nothing else. */
export function isLinkedPurpose(purpose: string): boolean {
  return purpose.endsWith(LINKED_SUFFIX);
}
