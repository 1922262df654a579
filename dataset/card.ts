/**
 * The dataset card, `README.md`: what the folder holds, on which terms, how protected, and how to load it.
 *
 * A pure function of the manifest and of counts, made again at each pull. Holds no clock reading. Its fixed texts are in
 * card-text.ts and linked-card-text.ts, its column tables come from the same definitions as the Parquet files.
 */
import { LEVELS, parseCharter, type Charter, type Level } from '../src/charter/charter.ts';
import { SPLIT_NEEDS_PARTICIPANTS, splitBuckets } from '../src/charter/split-buckets.ts';
import { RISK_STATEMENTS, smallTeamStatement } from '../src/trace/risk-statement.ts';
import { isLinkedPurpose } from '../src/trace/reading-purpose.ts';
import { CAPABILITIES, capabilitiesOf } from './capabilities.ts';
import {
  ORDINARY_CARD,
  PROHIBITED_USES,
  renderLoading,
  WHAT_CANNOT_BE_IN_IT,
  type CardText,
} from './card-text.ts';
import { LINKED_CARD } from './linked-card-text.ts';
import { describeBars, formatShare } from './bar-chart.ts';
import { PICTURE_NAME, PICTURES_DIR } from './dataset-folder.ts';
import type { Distribution } from './distributions.ts';
import { sumHidden } from './file-facts.ts';
import type { Change, Manifest } from './manifest.ts';
import { codeBlock, escapeMarkdown, formatCount, markdownTable } from './markdown.ts';
import { countTableRows, countWaitingRemovals } from './pull-summary.ts';
import type { ColumnText, Table } from './table.ts';
import { tablesFor } from './tables.ts';
import { renderUtility, UTILITY_TITLE } from './utility-card.ts';
import { TRAINING_FIGURES } from './utility-figures.ts';

const GENERATED = '<!-- Made by `proffer pull`; changes made by hand are lost at the next pull. -->';

/** The card's text; `distributions` are the histograms whose pictures it shows. */
export function renderCard(manifest: Manifest, distributions: readonly Distribution[] = []): string {
  const charters = readCharters(manifest);
  const text = isLinkedPurpose(manifest.purpose) ? LINKED_CARD : ORDINARY_CARD;
  const sections: [title: string, body: string][] = [
    [
      'What cannot be in it',
      `${WHAT_CANNOT_BE_IN_IT} ${text.whatCannotBeInIt}\n\n${text.keys}${renderHidden(manifest)}`,
    ],
    ['Protection and risk', renderRisk(manifest, charters)],
    ['Consent', renderConsent(charters, text)],
    ['Prohibited uses', PROHIBITED_USES],
    ['What is in it', renderCounts(manifest, text)],
    ['Distributions', renderDistributions(distributions.filter(({ isOfGaps }) => !isOfGaps))],
    ['Gaps and coverage', renderGaps(distributions.filter(({ isOfGaps }) => isOfGaps))],
    ['What serves what', renderCapabilities(manifest)],
    [UTILITY_TITLE, renderUtility(TRAINING_FIGURES, levelsIn(manifest, charters))],
    ['Train and test', renderSplit(charters, text)],
    ['Versions and removals', renderVersions(manifest)],
    ['Loading it', renderLoading(text)],
    ['Columns', tablesFor(manifest.purpose).map(renderColumns).join('\n\n')],
    ['Charters', renderCharterTexts(manifest)],
  ];
  const organizations = [...new Set(charters.map(({ charter }) => escapeMarkdown(charter.organization)))];
  const title = `# Proffer dataset${organizations.length === 0 ? '' : `: ${organizations.join('; ')}`}`;
  const body = sections.map(([heading, content]) => `## ${heading}\n\n${content}`);
  const purpose = `Pulled from ${escapeMarkdown(manifest.collector.url)} for the purpose \`${manifest.purpose}\`.`;
  return `${[GENERATED, title, text.whatItIsFor, purpose, ...body].join('\n\n')}\n`;
}

interface HashedCharter {
  hash: string;
  charter: Charter;
}

/** Their texts were checked when they were pulled. */
function readCharters(manifest: Manifest): HashedCharter[] {
  return Object.entries(manifest.charters).flatMap(([hash, text]) => {
    const parsed = parseCharter(text);
    return parsed.ok ? [{ hash, charter: parsed.charter }] : [];
  });
}

function renderRisk(manifest: Manifest, charters: readonly HashedCharter[]): string {
  const levels = levelsIn(manifest, charters);
  const texts = levels.map((level) => {
    const statement = RISK_STATEMENTS[level];
    return `At the level \`${level}\`:

- Motions. ${statement.motion}
- Rhythms. ${statement.rhythm}
- Episodes. ${statement.episode}
- Few people. ${smallTeamStatement(level)}`;
  });
  return `The data is pseudonymous personal data, not free of risk. Figures are re-identification attacks measured on
public data of real people.\n\n${texts.join('\n\n')}\n\n![Privacy against utility, by level](${PICTURE_NAME})`;
}

function levelsIn(manifest: Manifest, charters: readonly HashedCharter[]): Level[] {
  const recorded = new Set(
    manifest.releases.flatMap((release) => release.groups.map((group) => group.level)),
  );
  const isLinked = isLinkedPurpose(manifest.purpose);
  for (const { charter } of charters) {
    // Under a charter that looks for volunteers, all others are recorded at another level.
    recorded.add(charter.protection === 'linked' && !isLinked ? 'balanced' : charter.protection);
  }
  return LEVELS.filter((level) => recorded.has(level) && (level === 'linked') === isLinked);
}

function renderConsent(charters: readonly HashedCharter[], text: CardText): string {
  if (charters.length === 0) return 'No records yet, so no charter.';
  const terms = charters.map(({ hash, charter }) => {
    const rows = [
      ['Charter (SHA-256)', hash],
      ['Who collects', charter.organization],
      ['Contact', charter.contact],
      ['Purpose', charter.purpose],
      ['Scopes offered', charter.scopes.join(', ')],
      ['Protection level', describeLevel(charter)],
      ['Kept by the collector', `${charter.retentionDays} days`],
      ['Held on the device for review', `${charter.holdHours} hours`],
      ['Fewest contributors to publish', formatCount(charter.minContributors)],
      ['People expected', formatCount(charter.expectedParticipants)],
      ['Notice', `version ${charter.notice.version}`],
    ];
    return markdownTable(['term', 'value'], rows);
  });
  return `${text.consent} The terms bind whoever holds the data: delete it when its retention ends.\n\n${terms.join('\n\n')}`;
}

function describeLevel({ protection }: Charter): string {
  return protection === 'linked'
    ? 'linked for volunteers, balanced or stricter for all others'
    : `${protection} or, by a person's own choice, a stricter one`;
}

function renderCounts(manifest: Manifest, text: CardText): string {
  const { releases } = manifest;
  const rows = tablesFor(manifest.purpose).map((table) => [
    table.name,
    table.description,
    ...releases.map((release) => formatCount(countTableRows(manifest, table.name, [release.number]))),
    formatCount(countTableRows(manifest, table.name)),
  ]);
  const byTable = markdownTable(
    ['table', 'rows are', ...releases.map((release) => `release ${release.number}`), 'all'],
    rows,
  );
  const groups = markdownTable(
    ['release', 'sealed on (UTC)', 'kind', 'charter', 'level', 'records'],
    releases.flatMap((release) =>
      release.groups.map((group) => [
        String(release.number),
        release.sealedOn,
        group.kind,
        `${group.charter.slice(0, 12)}…`,
        group.level,
        formatCount(group.records),
      ]),
    ),
  );
  return `Rows per table and release; each file is \`<table>/release-<number>.parquet\`, with \`-part-<number>\` for large releases and \`-v<version>\`
where records were taken out.\n\n${byTable}

Records by charter and level.\n\n${groups}

Rows of one release are in random order of records. ${text.joins}`;
}

/** Which columns to take for which capability; from the same table as the texts of the columns. */
function renderCapabilities(manifest: Manifest): string {
  const tables = tablesFor(manifest.purpose);
  const rows = CAPABILITIES.map(({ name, learns }) => {
    const served = tables.flatMap((table) => {
      const columns = table.columns.filter((column) =>
        capabilitiesOf(table.name, column.name).includes(name),
      );
      return columns.length === 0
        ? []
        : [`${table.name}: ${columns.map((column) => column.name).join(', ')}`];
    });
    return [name, learns, served.join('; ')];
  });
  return `What agents can learn from how people work, and the columns to take for it. Labels are derived from each record
alone, without content; what each means exactly is said of its column below.

${markdownTable(['capability', 'what is learned', 'columns'], rows)}`;
}

/** The path of a histogram's picture in the folder. */
export function picturePath({ id }: Pick<Distribution, 'id'>): string {
  return `${PICTURES_DIR}/${id}.svg`;
}

function renderGaps(distributions: readonly Distribution[]): string {
  return `What was not recorded is said where it is known: a gap in an episode or trace has its place and its reason, a view
what of it could not be seen. Whatever else happened in pages that recording never reached is in no count.\n\n${renderDistributions(distributions)}`;
}

/** Each histogram as a picture, and its numbers below it. */
function renderDistributions(distributions: readonly Distribution[]): string {
  return distributions.map(renderDistribution).join('\n\n');
}

function renderDistribution(distribution: Distribution): string {
  const { title, counted, bars, total } = distribution;
  const alt = escapeMarkdown(describeBars(distribution));
  const rows = bars.map(({ label, count }) => [label, formatCount(count), formatShare(count, total)]);
  const numbers =
    rows.length === 0
      ? ''
      : `\n\n<details><summary>The numbers</summary>\n\n${markdownTable([title, counted, 'share'], rows)}\n\n</details>`;
  return `### ${title}\n\n![${alt}](${picturePath(distribution)})${numbers}`;
}

function renderSplit(charters: readonly HashedCharter[], text: CardText): string {
  const split = charters.filter(({ charter }) => splitBuckets(charter) > 0);
  if (split.length > 0) {
    const rows = split.map(({ hash, charter }) => [`${hash.slice(0, 12)}…`, String(splitBuckets(charter))]);
    return `${text.howToSplit}\n\n${markdownTable(['charter', 'buckets, from 0'], rows)}`;
  }
  return `The charters expect fewer than ${SPLIT_NEEDS_PARTICIPANTS} people, where a split by person would single people out. So a
person-disjoint split cannot be had: the same person may be in train and test, and scores measured so are too high
for new people.`;
}

function renderVersions(manifest: Manifest): string {
  const waiting = countWaitingRemovals(manifest);
  const heed =
    waiting === 0
      ? 'No record held here is known to have been removed since.'
      : `Of the records held here ${formatCount(waiting)} ${waiting === 1 ? 'was' : 'were'} removed since (erased, gone with one that was erased, or at the end of retention): run \`proffer pull --sync\`.`;
  const withdrawn = manifest.releases
    .filter((release) => release.withdrawn)
    .map(
      ({ number }) =>
        `Release ${number} was withdrawn by the collector: stop using it and run \`proffer pull --sync\`, which deletes its files.`,
    );
  const before = manifest.releases
    .filter((release) => release.tombstonesAtPull > 0)
    .map(
      ({ number, tombstonesAtPull }) =>
        `- Release ${number}: ${formatCount(tombstonesAtPull)} records were removed before it was pulled.`,
    );
  const changes = markdownTable(
    ['version', 'release', 'what happened', 'records'],
    manifest.changes.map((change) => [
      String(change.version),
      String(change.release),
      change.what,
      describeCounts(change),
    ]),
  );
  const history =
    manifest.changes.length === 0 ? 'Nothing was pulled yet.' : `What each version changed.\n\n${changes}`;
  return [
    `This is version ${manifest.version}.`,
    heed,
    ...withdrawn,
    history,
    ...(before.length === 0 ? [] : [before.join('\n')]),
  ].join('\n\n');
}

function describeCounts({ records }: Change): string {
  const counts = Object.entries(records).map(([kind, count]) => `${formatCount(count)} ${kind}`);
  return counts.length === 0 ? 'none' : counts.join(', ');
}

/** Nothing for a dataset without such columns. */
function renderHidden({ releases }: Manifest): string {
  const sums = sumHidden(releases.flatMap((release) => release.hidden)).filter((sum) => sum.values > 0);
  if (sums.length === 0) return '';
  const rows = sums.map(({ table, column, values, hidden }) => [
    `${table}.${column}`,
    formatCount(hidden),
    formatCount(values),
    `${((100 * hidden) / values).toFixed(1)} %`,
  ]);
  return `\n\n${markdownTable(['column', 'rows with `other`', 'rows with a value', 'share'], rows)}`;
}

function renderColumns(table: Table): string {
  const rows = table.columns.map((column) => [
    column.name,
    column.type,
    column.unit ?? '',
    describeColumn(column),
  ]);
  return `### \`${table.name}\`\n\n${markdownTable(['column', 'type', 'unit', 'meaning'], rows)}`;
}

function describeColumn({ description, values }: ColumnText): string {
  return values === undefined ? description : `${description} One of: ${values.join(', ')}.`;
}

function renderCharterTexts(manifest: Manifest): string {
  const texts = Object.entries(manifest.charters).map(
    ([hash, text]) => `\`${hash}\`\n\n${codeBlock('json', JSON.stringify(JSON.parse(text), null, 2))}`,
  );
  return texts.length === 0 ? 'None yet.' : texts.join('\n\n');
}
