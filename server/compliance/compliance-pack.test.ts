import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { charterHash } from '../../src/charter/charter-hash.ts';
import { Charter, type Charter as CharterType } from '../../src/charter/charter.ts';
import { PERMISSION_NAMES } from '../../src/package/permissions.ts';
import { TraceBatch } from '../../src/trace/batch.ts';
import { Motion } from '../../src/trace/motion.ts';
import { TraceRecord } from '../../src/trace/record.ts';
import { RISK_STATEMENTS } from '../../src/trace/risk-statement.ts';
import { levelWords } from '../charter-words.ts';
import { aCharter } from '../testing/builders.ts';
import { createPack } from './compliance-pack.ts';
import { dataFields, longLists } from './data-dictionary.ts';
import { EMPLOYER_ROLES } from './who-sees.ts';
import { offerOf } from './offer.ts';
import { pageMarkdown } from './page.ts';

const DAY = '2026-11-29';
const NASTY = `"q" & <b>x</b> ]]> | \`x\` **s** [a](b) # - \\ \u202e {{v}} 日本 👩‍💻\n## own`;

const CHARTERS: Record<string, CharterType> = {
  'one scope, strict': aCharter({ scopes: ['workflow'], protection: 'strict', tasks: [] }),
  'one scope, keys only': aCharter({ scopes: ['keys'], tasks: [], minContributors: 10 }),
  'one scope, pointer only': aCharter({ scopes: ['pointer'], tasks: [] }),
  'all scopes': aCharter({ minContributors: 10 }),
  linked: aCharter({ protection: 'linked', minContributors: 10 }),
  'linked, without steps': aCharter({ protection: 'linked', scopes: ['pointer', 'keys'] }),
  'a tiny team': aCharter({ expectedParticipants: 4, holdHours: 0 }),
  'a large one, with buckets': aCharter({ expectedParticipants: 600, minContributors: 50 }),
  'everything at once': aCharter({ expectedParticipants: 600, minContributors: 50, protection: 'linked' }),
  'no apps, texts of every kind': aCharter({
    organization: NASTY,
    contact: NASTY,
    apps: [],
    neverRecord: ['https://desk.example.com/a|b*c*d*'],
    notice: { version: 3, text: `${NASTY}\n\n${NASTY}` },
  }),
};

const PAGES = [
  'README',
  'data-inventory',
  'decisions',
  'dpia-annex',
  'employee-notice',
  'permissions',
  'records-of-processing',
  'threat-model',
  'works-council-summary',
];

/** One pack for all claims about a charter. */
const made = new Map(Object.values(CHARTERS).map((charter) => [charter, createPack(charter, DAY, '1.2.3')]));

/** Pages by name, in one of the two forms; without marks of the form when asked for words. */
async function packOf(charter: CharterType, form: 'md' | 'html' = 'md'): Promise<Record<string, string>> {
  const files = await (made.get(charter) ?? createPack(charter, DAY, '1.2.3'));
  const own = files.filter(({ path }) => path.endsWith(`.${form}`));
  return Object.fromEntries(
    own.map(({ path, content }) => [path.replace(`.${form}`, ''), content.toString()]),
  );
}
const wholeOf = async (charter: CharterType) => Object.values(await packOf(charter)).join('\n');

/** Every field by its path, walked by this test and not by what makes the inventory. */
function fieldPaths(schema: z.ZodType): string[] {
  const walk = (node: z.core.JSONSchema.BaseSchema, path: string): string[] => {
    const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap((choice) => walk(choice, path));
    const items = node.items ? walk(node.items as z.core.JSONSchema.BaseSchema, `${path}[]`) : [];
    const own = Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
      const inside = path === '' ? name : `${path}.${name}`;
      return [inside, ...walk(field as z.core.JSONSchema.BaseSchema, inside)];
    });
    return [...inner, ...items, ...own];
  };
  return walk(z.toJSONSchema(schema, { unrepresentable: 'any', reused: 'inline' }), '');
}

describe.each(Object.entries(CHARTERS))('the pack of a charter (%s)', (_, charter) => {
  test('has every document in two forms, each with the charter’s hash, the day, and that it is no legal advice', async () => {
    const hash = await charterHash(charter);
    for (const form of ['md', 'html'] as const) {
      const pages = await packOf(charter, form);
      expect(Object.keys(pages).sort()).toEqual(PAGES);
      for (const [name, text] of Object.entries(pages)) {
        expect(text, name).toContain(hash);
        expect(text, name).toContain(DAY);
        expect(text, name).toContain('ot legal advice');
      }
    }
  });

  test('says pseudonymous, and never what could not be kept', async () => {
    const whole = await wholeOf(charter);
    expect(whole).toMatch(/pseudonymous/i);
    expect(whole).not.toMatch(/anonym|untrace|cannot be traced|fully erased|undefined|NaN|\[object/i);
  });

  test('names the employer in each role, and who can send what nobody made', async () => {
    const { 'threat-model': threats, 'works-council-summary': summary } = await packOf(charter);
    for (const role of EMPLOYER_ROLES) expect(threats).toContain(`employer as operator of the **${role}**`);
    for (const text of [threats, summary]) {
      expect(text).toMatch(
        /Anyone with the participant key[^.]* can (add|send) (false )?records and sightings/,
      );
    }
  });

  test('says that consent may not suffice, and leaves room for what must be decided', async () => {
    const { README: index, decisions, 'employee-notice': notice } = await packOf(charter);
    expect(index).toContain('Consent in employment may not suffice');
    expect(decisions).toContain('On which legal basis?');
    expect(decisions!.match(/^### \d+\. /gm)!.length).toBeGreaterThan(15);
    expect(decisions!.match(/^Decided: …+ By, on: …+$/gm)).toHaveLength(
      decisions!.match(/^### \d+\. /gm)!.length,
    );
    expect(notice).toContain('(Article 6(1), and why');
  });

  test('prints the measured risk of what is offered, word for word, and of nothing else', async () => {
    const { 'employee-notice': notice } = await packOf(charter);
    const { levels, scopes } = offerOf(charter);
    const kinds = { pointer: 'motion', keys: 'rhythm', workflow: 'episode' } as const;
    for (const [level, statement] of Object.entries(RISK_STATEMENTS)) {
      for (const [scope, kind] of Object.entries(kinds)) {
        const isOffered = levels.includes(level as never) && scopes.includes(scope as never);
        expect(
          notice!.includes(
            `| ${level} | ${{ pointer: 'Pointer', keys: 'Keys', workflow: 'Workflow' }[scope as 'keys']} | ${statement[kind]} |`,
          ),
        ).toBe(isOffered);
      }
    }
  });

  test('links to its own pages only, and all of them are there', async () => {
    for (const [form, ending] of [
      ['md', 'md'],
      ['html', 'html'],
    ] as const) {
      const text = Object.values(await packOf(charter, form)).join('\n');
      const pattern = form === 'md' ? /(?<!\\)\]\(([^)]+)\)/g : /href="([^"]+)"/g;
      const targets = [...text.matchAll(pattern)].map(([, target]) => target!);
      expect(targets.length).toBeGreaterThan(8);
      for (const target of targets) expect(PAGES.map((name) => `${name}.${ending}`)).toContain(target);
    }
  });

  test('is the same again for the same charter and day', async () => {
    expect(await createPack(charter, DAY, '1.2.3')).toEqual(await createPack(charter, DAY, '1.2.3'));
  });
});

describe('the inventory', () => {
  test('holds every field that there is, where a charter offers everything', async () => {
    const { 'data-inventory': inventory } = await packOf(CHARTERS['everything at once']!);
    const paths = [...fieldPaths(TraceRecord), ...Object.keys(TraceBatch.shape)];
    expect(paths.length).toBeGreaterThan(150);
    for (const path of new Set(paths)) expect(inventory).toContain(`| \`${path}\``);
  });

  test('holds every field of the charter, with what it is', async () => {
    const { README: index } = await packOf(aCharter());
    for (const [field, schema] of Object.entries(Charter.shape))
      expect(index).toMatch(
        new RegExp(`^\\| \`${field}\` \\| [^|]+ \\| .*${schema.meta()!.description!.slice(0, 20)}`, 'm'),
      );
  });

  const withField = (field: z.ZodType) => z.discriminatedUnion('kind', [Motion.extend({ pressure: field })]);
  test('has a field more as soon as the schema has one', () => {
    const offer = offerOf(aCharter());
    const before = pageMarkdown({
      title: '',
      blocks: dataFields(offer, z.discriminatedUnion('kind', [Motion])),
    });
    const field = z.int().min(0).max(9).meta({ description: 'How hard.', reason: 'To see.' });
    const after = pageMarkdown({ title: '', blocks: dataFields(offer, withField(field)) });
    expect(before).not.toContain('pressure');
    expect(after).toContain('| `pressure` | 0 to 9 |  | How hard. | To see. |');
    expect(() => dataFields(offer, withField(z.int()))).toThrow('pressure has no description');
  });

  test('has the long lists in full', async () => {
    const { 'data-inventory': inventory } = await packOf(aCharter());
    const lists = longLists(offerOf(aCharter())).at(-1);
    expect(lists).toMatchObject({ kind: 'list' });
    expect(inventory).toMatch(/^- .*`steps\[\]\.target\.term`.*: .*\bsave\b/m);
    expect(inventory!.match(/one of \d+ listed/g)!.length).toBeGreaterThan(5);
  });

  test.each([
    ['one scope, strict', ['episode'], ['`split`', '`steps[].task`']],
    ['one scope, keys only', ['rhythm', 'sighting'], ['`seen.app`', '`split`']],
    ['all scopes', ['motion', 'rhythm', 'episode', 'sighting'], ['`split`']],
    [
      'linked, without steps',
      ['motion', 'rhythm', 'trace'],
      ['`views[].app`', '`steps[].action`', '`split`'],
    ],
    ['a large one, with buckets', ['motion', 'rhythm', 'episode', 'sighting'], ['startMs']],
  ])('of %s has its kinds of records and no field that they never bear', async (name, kinds, never) => {
    const { 'data-inventory': inventory } = await packOf(CHARTERS[name]!);
    const headings = [...inventory!.matchAll(/^## (batch|motion|rhythm|episode|sighting|trace)$/gm)];
    expect(headings.map(([, kind]) => kind)).toEqual(['batch', ...kinds]);
    for (const field of never) expect(inventory).not.toContain(field);
  });
});

describe('what a charter does not offer is not mentioned', () => {
  const WORDS: [name: string, pattern: RegExp, isMentioned: (charter: CharterType) => boolean][] = [
    [
      'linked data',
      /linked data|Linked, for volunteers|`linked`|\| linked \|/i,
      ({ protection }) => protection === 'linked',
    ],
    [
      'buckets',
      /`split`|\d buckets|\*\*Buckets\.|by their bucket|bucket marks/,
      ({ expectedParticipants }) => expectedParticipants >= 100,
    ],
    ['biometric data', /biometric/i, ({ scopes }) => scopes.includes('keys')],
    ['rhythms', /\brhythms?\b/i, ({ scopes }) => scopes.includes('keys')],
    ['movements', /\b(movements?|motions?)\b/i, ({ scopes }) => scopes.includes('pointer')],
    ['episodes', /\bepisodes?\b/i, ({ scopes }) => scopes.includes('workflow')],
    ['markers', /single markers/, ({ minContributors }) => minContributors > 0],
    ['a missing hold', /holdHours` 0/, ({ holdHours }) => holdHours === 0],
    ['a missing minimum', /`minContributors` 0/, ({ minContributors }) => minContributors === 0],
    [
      'tasks',
      /You can mark that you begin/,
      ({ tasks, scopes }) => tasks.length > 0 && scopes.includes('workflow'),
    ],
  ];
  test.each(WORDS)('%s', async (_, pattern, isMentioned) => {
    const seen = new Set<boolean>();
    for (const [name, charter] of Object.entries(CHARTERS)) {
      const pages = await packOf(charter);
      const whole = Object.values(pages).join('\n');
      expect(pattern.test(whole), `${name}: ${pattern.exec(whole)?.[0] ?? ''}`).toBe(isMentioned(charter));
      seen.add(isMentioned(charter));
    }
    expect(seen.size).toBe(2);
  });
});

describe('an app that lies wholly inside what is never recorded', () => {
  const SIGN_IN = 'https://x.okta.com/*';
  const charter = aCharter({
    apps: [
      { label: 'desk', matches: ['https://desk.example.com/*', '*://desk.example.com/hr/pay/*'] },
      { label: 'gate', matches: [SIGN_IN] },
    ],
    neverRecord: ['http://desk.example.com/hr/*', 'https://desk.example.com/hr/*'],
  });

  test('is not in the list of what is recorded, nor among the values of a field', async () => {
    const { 'employee-notice': notice, 'data-inventory': inventory } = await packOf(charter);
    expect(notice).toContain('| `desk` | `https://desk.example.com/*` |');
    expect(notice).not.toContain('| `gate` |');
    expect(inventory).toMatch(/^\| `views\[\]\.app` \| desk \|/m);
  });

  test('is said to be never recorded, wherever apps are listed', async () => {
    const pages = await packOf(charter);
    const sentence = `although the charter names them as apps, since they lie wholly inside such places: \`desk\` at \`*://desk.example.com/hr/pay/*\`; \`gate\` at \`${SIGN_IN}\`;`;
    for (const name of ['employee-notice', 'works-council-summary', 'data-inventory', 'dpia-annex'])
      expect(pages[name], name).toContain(sentence);
    expect(pages.README).toContain(`\`gate\`: \`${SIGN_IN}\` (never recorded`);
    expect(pages.permissions).toContain(
      `Among them are those of \`*://desk.example.com/hr/pay/*\`, \`${SIGN_IN}\`,`,
    );
    for (const name of ['works-council-summary', 'dpia-annex']) {
      expect(pages[name], name).toContain('1 app');
      expect(pages[name], name).not.toContain('2 apps');
    }
  });

  test('alone leaves nothing that is recorded', async () => {
    const { 'employee-notice': notice } = await packOf({ ...charter, apps: charter.apps.slice(1) });
    expect(notice).toContain('Nowhere: the charter names no app that is recorded');
    expect(await wholeOf(aCharter())).not.toMatch(/lie wholly inside|\(never recorded/);
  });
});

test('what looks like a link in code is none, and stays whole', async () => {
  const place = 'https://desk.example.com/**bold**/[l](http://e)*';
  const charter = aCharter({
    neverRecord: [place],
    organization: '`[a](b)` [c](d)',
  });
  for (const text of Object.values(await packOf(charter)))
    expect(text).toContain('For \\`\\[a\\]\\(b\\)\\` \\[c\\]\\(d\\).');
  for (const name of ['README', 'employee-notice', 'works-council-summary', 'dpia-annex'])
    expect((await packOf(charter))[name], name).toContain(`\`${place}\``);
  expect((await packOf(charter, 'html'))['employee-notice']).toContain(`<code>${place}</code>`);
});

test('a charter without a hold says so to whom it speaks, in whole sentences', async () => {
  const { 'employee-notice': notice, 'works-council-summary': summary } = await packOf(
    CHARTERS['a tiny team']!,
  );
  expect(notice).toContain('This charter lets it rest there for no time');
  expect(notice).toContain('On your device: no time, unless you set one');
  expect(notice).not.toMatch(/unless the person sets|rests no time/);
  expect(summary).toContain('(now: no time, unless the person sets one');
  expect((await packOf(aCharter()))['employee-notice']).toMatch(/There it rests at least \d+ hours/);
});

test('a level is told of what is offered only, and of steps nothing that does not hold for them', () => {
  expect(levelWords('balanced', ['keys', 'workflow'])).toMatch(/^Balanced: rhythms are mapped/);
  expect(levelWords('strict', ['pointer', 'keys', 'workflow'])).toContain(
    'form of movements and rhythms leaves',
  );
  expect(levelWords('balanced', ['workflow'])).toBe('Balanced.');
  expect(levelWords('linked', ['pointer', 'workflow'])).toContain('movements and steps stay together');
});

test('the permissions say that a host stands for every port', async () => {
  const charter = aCharter({ apps: [{ label: 'dms', matches: ['*://dms.example:8443/files/*'] }] });
  const { permissions } = await packOf(charter);
  expect(permissions).toContain('`*://dms.example/*`');
  expect(permissions).toContain('A host there stands for every port and path');
});

test('texts of a charter mean nothing, in either form', async () => {
  const charter = CHARTERS['no apps, texts of every kind']!;
  const { 'employee-notice': notice } = await packOf(charter);
  expect(
    notice!.match(/^#+ .*$/gm)!.some((line) => line.includes('own') && !line.includes('organisation')),
  ).toBe(false);
  const { 'employee-notice': page, README: index } = await packOf(charter, 'html');
  expect(page).not.toMatch(/<b>|<script|<strong>s<|href="b"/);
  expect(page).toContain('&lt;b&gt;x&lt;/b&gt;');
  expect(page).not.toContain('\u202e');
  expect(page).toContain('👩‍💻');
  expect(index).toContain('https://desk.example.com/a|b*c*d*');
});

test('every permission of the manifest has its reason', async () => {
  const { permissions } = await packOf(aCharter());
  for (const name of PERMISSION_NAMES)
    expect(permissions).toMatch(new RegExp(`^\\| \`${name}\` \\| [^|]{20,} \\|`, 'm'));
  expect(permissions).toContain('`https://desk.example.com/*`');
});
