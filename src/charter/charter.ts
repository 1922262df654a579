/**
 * The charter: the agreement between an organisation and its staff on what is recorded.
 *
 * One JSON document with three readers: the extension (from managed policy or a join code), the collector and
 * the install kit. It can ask; it can never consent, hide the indicator, cap a pause or lift a protection.
 */
import { z } from 'zod';
import { isMatchPattern } from './match-pattern.ts';

/** What a person can switch on, each on its own. */
export const SCOPES = ['pointer', 'keys', 'workflow'] as const;
export type Scope = (typeof SCOPES)[number];

/** Protection levels from the richest data to the best protected. */
export const LEVELS = ['linked', 'balanced', 'strict'] as const;
export type Level = (typeof LEVELS)[number];

const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a slug: a-z, 0-9 and "-", at most 32 characters, a letter first')
  .refine((slug) => slug !== 'other', 'the word "other" is kept for what a release hides');
const MatchPattern = z
  .string()
  .max(500)
  .refine(
    isMatchPattern,
    'must be a match pattern for http or https, such as https://desk.example.com/*, in the way that browsers write addresses: no default port, no "#", hosts in punycode, other characters than ASCII escaped',
  );
/** A text for people to read. */
const readable = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((text) => text.trim() !== '', 'must not be blank')
    .refine((text) => !/\p{Surrogate}/u.test(text), 'has half of a character in it (a lone surrogate)');
const MatchPatterns = z.array(MatchPattern).min(1).max(100);

const CollectorUrl = z
  .url()
  .max(500)
  .refine(isCollectorUrl, 'must be an https address without query or fragment (http only for loopback)');

export const Charter = z
  .strictObject({
    organization: readable(200).meta({ description: 'Who collects: the legal name shown to the person.' }),
    contact: readable(300).min(3).meta({ description: 'Whom to ask or to complain to.' }),
    purpose: Slug.meta({ description: 'The one purpose the data may be used for.' }),
    collectorUrl: CollectorUrl.meta({ description: 'The only address that the extension ever sends to.' }),
    apps: z
      .array(z.strictObject({ label: Slug, matches: MatchPatterns }))
      .max(100)
      .meta({ description: 'Where recording happens; with none, nothing is recorded.' }),
    neverRecord: z.array(MatchPattern).max(500).default([]).meta({
      description:
        'Places inside the apps that are never recorded, beside the built-in list. Upper and lower case are the same here, a route after `#` is a path, and `/hr/*` covers `/hr` too.',
    }),
    scopes: z
      .array(z.enum(SCOPES))
      .min(1)
      .max(SCOPES.length)
      .meta({ description: 'What a person may switch on.' }),
    protection: z
      .enum(LEVELS)
      .default('balanced')
      .meta({ description: 'Protection level; a person may pick a stricter one.' }),
    holdHours: z.number().min(0).max(168).default(24).meta({
      description: 'How long data rests on the device for review; each record by chance up to as long again.',
      unit: 'hours',
    }),
    retentionDays: z
      .int()
      .min(1)
      .max(3650)
      .meta({ description: 'How long the collector keeps a record.', unit: 'days' }),
    expectedParticipants: z
      .int()
      .min(1)
      .max(10_000_000)
      .meta({ description: 'How many people are expected to take part.' }),
    minContributors: z
      .int()
      .min(0)
      .max(100_000)
      .default(10)
      .meta({ description: 'Fewer contributors than this, and nothing is published.' }),
    release: z
      .strictObject({
        everyHours: z
          .number()
          .min(0)
          .max(24 * 90)
          .default(24),
        minRecords: z.int().min(0).max(100_000_000).default(1000),
      })
      .prefault({})
      .meta({
        description: 'How often the collector seals a release, and how many records of a kind it waits for.',
      }),
    tasks: z
      .array(Slug)
      .max(50)
      .default([])
      .meta({ description: 'Tasks that a person may mark as begun, done or given up.' }),
    budget: z
      .strictObject({
        mainThreadMsPerMinute: z.int().min(1).max(1000).default(50),
        bytesPerDay: z.int().min(10_000).max(100_000_000).default(5_000_000),
      })
      .prefault({})
      .meta({ description: 'What recording may cost in the page and on the network.' }),
    notice: z
      .strictObject({
        version: z.int().min(1),
        text: readable(20_000).optional(),
        url: z
          .url({ protocol: /^https?$/ })
          .max(500)
          .optional(),
      })
      .refine(
        (notice) => (notice.text === undefined) !== (notice.url === undefined),
        'needs either text or url',
      )
      .meta({ description: 'The notice given to staff, by text or address.' }),
  })
  .superRefine((charter, context) => {
    for (const [list, path] of [
      [charter.apps.map((app) => app.label), ['apps']],
      [charter.scopes, ['scopes']],
      [charter.tasks, ['tasks']],
    ] as const) {
      if (new Set<string>(list).size !== list.length) {
        context.addIssue({ code: 'custom', path: [...path], message: 'names something twice' });
      }
    }
  });
export type Charter = z.infer<typeof Charter>;

/** What came of reading a charter: the charter, or where it is wrong (`field: reason`, values never repeated). */
export type ParsedCharter = { ok: true; charter: Charter } | { ok: false; problems: string[] };

/** Reads a charter from parsed JSON or from its JSON text. */
export function parseCharter(input: unknown): ParsedCharter {
  let document = input;
  if (typeof input === 'string') {
    try {
      // Editors on Windows put a mark of byte order first.
      document = JSON.parse(input.replace(/^\uFEFF/, ''));
    } catch {
      return { ok: false, problems: ['charter: is not JSON'] };
    }
  }
  const parsed = Charter.safeParse(document);
  if (parsed.success) return { ok: true, charter: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(describeIssue) };
}

/** One line for people: where, and what is wrong. Never the value. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? 'charter' : issue.path.map(String).join('.');
  const what = issue.code === 'unrecognized_keys' ? `unknown field ${issue.keys.join(', ')}` : issue.message;
  return `${where}: ${what}`;
}

function isCollectorUrl(text: string): boolean {
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
