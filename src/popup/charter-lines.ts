/**
 * Every field of a charter in plain words, line by line: the one place where a charter becomes text.
 *
 * Shown in full wherever a charter is, and side by side where one has changed. Leaves out no field and no part of one.
 */
import type { Charter } from '../charter/charter.ts';
import { LEVEL_TEXTS, SCOPE_TEXTS } from './scope-texts.ts';
import { t } from './translate.ts';

export interface CharterLine {
  text?: string;
  /** What is no sentence but an address, a pattern or a name. */
  code?: string;
  /** Where `code` leads, if it can be opened. */
  href?: string;
}

const BYTES_PER_MEGABYTE = 1_000_000;

const LINES: { [Field in keyof Charter]-?: (charter: Charter) => CharterLine[] } = {
  organization: ({ organization }) => [{ text: t('consent_operator', organization) }],
  contact: ({ contact }) => [{ text: `${t('charter_contact')}: ${contact}` }],
  purpose: ({ purpose }) => [{ code: purpose }],
  collectorUrl: ({ collectorUrl }) => [{ code: collectorUrl }],
  apps: ({ apps }) =>
    apps.length === 0
      ? [{ text: t('charter_noApps') }]
      : apps.flatMap(({ label, matches }) => matches.map((pattern) => ({ text: label, code: pattern }))),
  neverRecord: ({ neverRecord }) => [{ text: t('charter_neverBuiltIn') }, ...codes(neverRecord)],
  scopes: ({ scopes }) => scopes.map((scope) => ({ text: t(SCOPE_TEXTS[scope].title) })),
  protection: ({ protection }) => [
    { text: `${t(LEVEL_TEXTS[protection].title)}: ${t(LEVEL_TEXTS[protection].what)}` },
    ...(protection === 'linked' ? [{ text: t('linked_onlyVolunteers') }] : []),
  ],
  holdHours: ({ holdHours }) => [
    { text: holdHours === 0 ? t('charter_holdNone') : t('charter_hold', holdHours) },
  ],
  retentionDays: ({ retentionDays }) => [{ text: t('charter_retention', retentionDays) }],
  expectedParticipants: ({ expectedParticipants }) => [{ text: t('charter_expected', expectedParticipants) }],
  minContributors: ({ minContributors }) =>
    minContributors === 0
      ? [{ text: t('charter_noMinimum') }]
      : [{ text: t('charter_minimum', minContributors) }, { text: t('charter_markers') }],
  release: ({ release: { everyHours, minRecords } }) => [
    { text: everyHours === 0 ? t('charter_releaseAtOnce') : t('charter_releaseEvery', everyHours) },
    { text: t('charter_releaseRecords', minRecords) },
  ],
  tasks: ({ tasks }) => (tasks.length === 0 ? [{ text: t('charter_none') }] : codes(tasks)),
  budget: ({ budget }) => [
    { text: t('charter_budgetTime', budget.mainThreadMsPerMinute) },
    { text: t('charter_budgetText', budget.bytesPerDay / BYTES_PER_MEGABYTE) },
  ],
  notice: ({ notice: { version, text, url } }) => [
    { text: t('charter_noticeVersion', version) },
    url === undefined ? { text: text ?? '' } : { code: url, href: url },
  ],
};

export const CHARTER_FIELDS = Object.keys(LINES) as (keyof Charter)[];

export function charterLines(charter: Charter, field: keyof Charter): CharterLine[] {
  return LINES[field](charter);
}

/** A line as one text. */
export function textOf({ text, code }: CharterLine): string {
  return [text, code].filter((part) => part !== undefined).join(': ');
}

function codes(texts: readonly string[]): CharterLine[] {
  return texts.map((code) => ({ code }));
}
