/**
 * What the extension keeps in `storage.local`: the person's choices, each as one named item.
 *
 * Background and the extension's own pages only: content scripts are shut out (`setAccessLevel`) and must never
 * read or watch storage. What was recorded is never here but in the queue's database.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { Charter, LEVELS, SCOPES } from '../charter/charter.ts';
import { CharterHashText } from '../charter/charter-hash.ts';

/** The person's answer to one charter. No scopes is a "no", kept so that nothing asks again. */
export const Decision = z.strictObject({
  charterHash: CharterHashText,
  /** The charter as it was shown when it was decided on; what narrows it later is measured against this. */
  charter: Charter,
  scopes: z.array(z.enum(SCOPES)),
  level: z.enum(LEVELS),
  decidedAtMs: z.number(),
});
export type Decision = z.infer<typeof Decision>;

/** One line of the person's own record of what was agreed. */
export const Receipt = z.strictObject({
  at: z.iso.datetime(),
  event: z.enum(['granted', 'declined', 'withdrawn', 'narrowed']),
  charterHash: CharterHashText,
  organization: z.string(),
  noticeVersion: z.int(),
  scopes: z.array(z.enum(SCOPES)),
  level: z.enum(LEVELS),
  softwareVersion: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

/** When recording goes on by itself; null until the person resumes it. */
const Pause = z.strictObject({ untilMs: z.number().nullable() });
export type Pause = z.infer<typeof Pause>;

/** What the person adds to the charter's hold, in hours. The collector takes what comes 30 days after its hold. */
export const ExtraHoldHours = z.number().min(0).max(168);

/** A charter taken by join code, as `parseAgreement` reads it. */
const Joined = z.strictObject({ charter: z.string(), participantKey: z.string(), hashingKey: z.string() });

const ITEMS = {
  decision: Decision,
  pause: Pause,
  sitesOff: z.array(z.string()),
  extraHoldHours: ExtraHoldHours,
  receipts: z.array(Receipt),
  /** Whether the toolbar keeps one sign for all states, as the person may want while sharing the screen. */
  neutralIcon: z.boolean(),
  joined: Joined,
} as const;
type Items = { [Name in keyof typeof ITEMS]: z.infer<(typeof ITEMS)[Name]> };

/** The item, or undefined when there is none or an earlier version wrote something this one cannot read. */
export async function readItem<Name extends keyof Items>(name: Name): Promise<Items[Name] | undefined> {
  const stored = (await browser.storage.local.get(name))[name];
  const parsed = ITEMS[name].safeParse(stored);
  return parsed.success ? (parsed.data as Items[Name]) : undefined;
}

export async function writeItem<Name extends keyof Items>(name: Name, value: Items[Name]): Promise<void> {
  await browser.storage.local.set({ [name]: value });
}

export async function removeItem(...names: (keyof Items)[]): Promise<void> {
  await browser.storage.local.remove(names);
}
