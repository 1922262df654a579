/**
 * The parts of the dataset card that are the same for every dataset but a linked one: what it is for, what it is not,
 * how to load it. What differs for linked data is in linked-card-text.ts.
 *
 * Must never say "anonymous", and must claim nothing that the contract or a measurement does not bear out.
 */
import {
  MAX_SPLIT_BUCKETS,
  PARTICIPANTS_PER_BUCKET,
  SPLIT_NEEDS_PARTICIPANTS,
} from '../src/charter/split-buckets.ts';
import { MIN_PATH_PX } from '../src/trace/limits.ts';
import { codeBlock } from './markdown.ts';

/** What differs between the card of linked data and that of all other data. */
export interface CardText {
  whatItIsFor: string;
  /** Ends the paragraph on what cannot be in the data, with what is said of records and persons. */
  whatCannotBeInIt: string;
  keys: string;
  consent: string;
  /** Where the charters have buckets: what they are, what they are not, how to take them. */
  howToSplit: string;
  joins: string;
  examples: { duckdb: string; python: string; node: string };
  /** A table to try the examples on. */
  exampleTable: string;
}

const WHAT_IT_IS_FOR = `These are traces of how people worked in web applications, recorded with their consent and without content:
no names, no text, no page. They can train priors of motion, of the order of actions, of correction, of typing
rhythm and of which role of control is used when. They cannot train instruction-following or grounding in what a
page says. Movement durations at the levels \`balanced\` and \`strict\` are synthetic (drawn from the population's
median for the length of the path), so no effect of target width, such as Fitts's law, may be fitted to them.
Rhythms carry the structure of pauses and corrections and hardly support models of the next interval.`;

export const WHAT_CANNOT_BE_IN_IT = `The format has no field that could hold them, so there are none of these: typed or pasted text, which letter,
digit or sign a key was, page text, titles, addresses, file names, element names, ids or classes, pictures, names or identifiers of people,
accounts, devices or sessions, browser or system versions, IP addresses, and any date finer than the ISO week.
Words occur only as terms of a closed public vocabulary of interfaces (\`save\`, \`cancel\`, \`search\`, ...). Keys of
views and elements are keyed hashes whose key neither the collector nor this dataset has. No field says whose
a record is. Password, one-time-code and payment fields gave
nothing, not even timing. Movements shorter than ${MIN_PATH_PX} px were dropped.`;

const KEYS_HIDDEN = `Labels of apps and keys of views and elements that too few installations have met (fewer than the charter's
\`minContributors\`) are published as the word \`other\`.`;

const HOW_TO_SPLIT = `The column \`split\` puts all records of one kind of one person into the same bucket, without saying whose they
are. To test on new people, take whole buckets of one kind and one charter for training and others for testing:
\`WHERE split < 4\` and \`WHERE split >= 4\`.

What it is not. It is no identifier: there are at most ${MAX_SPLIT_BUCKETS} buckets, each made for ${PARTICIPANTS_PER_BUCKET} expected people or more. Buckets
of different kinds were drawn independently: motions and episodes of one bucket are of different people. Charters with
the same number of buckets share them; those of charters with other numbers have nothing to do with each other. A
person who works in two browsers, or who withdrew and came back, may be in two. Records with no \`split\` were made under charters that expect fewer than ${SPLIT_NEEDS_PARTICIPANTS} people, or in a week when
too few of their bucket worked: they may be of the same people as any bucket, so leave them out of training and of
testing when people must be new.`;

export const PROHIBITED_USES = `- Evaluating, ranking, monitoring or disciplining workers, alone or in groups.
- Identifying people, trying to, or joining records to each other or to other data in order to.
- Inferring emotions of people, which Article 5(1)(f) of the EU AI Act (Regulation (EU) 2024/1689) prohibits in
  workplaces and education; nor their health, fatigue or mood.
- Any purpose other than the one stated above, and passing the data on to anyone who is not bound by this card.`;

export const DUCKDB_EXAMPLE = `-- most frequent action after each action
SELECT action, next_action, count(*) AS times
FROM (
  SELECT action, lead(action) OVER (PARTITION BY episode_id ORDER BY step_index) AS next_action
  FROM 'steps/*.parquet'
)
WHERE next_action IS NOT NULL
GROUP BY ALL ORDER BY times DESC, action, next_action LIMIT 20;`;

export const PYTHON_EXAMPLE = `import pandas as pd  # needs pyarrow

motions = pd.read_parquet("motions")
samples = pd.read_parquet("motion_samples")
paths = samples.merge(motions[["record_id", "end"]], on="record_id")
print(paths.groupby("end")["time_ms"].max())`;

export const NODE_EXAMPLE = `import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create();
const connection = await instance.connect();
const reader = await connection.runAndReadAll(
  "SELECT key_class, count(*) AS keys, median(interval_ms) AS median_ms FROM 'rhythm_keys/*.parquet' GROUP BY ALL ORDER BY ALL",
);
console.table(reader.getRowObjectsJson());`;

/** For every dataset that holds no linked data. */
export const ORDINARY_CARD: CardText = {
  whatItIsFor: WHAT_IT_IS_FOR,
  whatCannotBeInIt: `Nor does any field say which records are one person's.`,
  keys: KEYS_HIDDEN,
  consent: `Each record was made by a person who was shown the charter named in its \`charter\` column, switched on the scope
it needs (\`pointer\` for motions, \`keys\` for rhythms, \`workflow\` for episodes), and could pause, review, delete and
withdraw.`,
  howToSplit: HOW_TO_SPLIT,
  joins: `\`motions\` and \`motion_samples\`, \`rhythms\` and \`rhythm_keys\` join
by \`record_id\`; \`steps\`, \`views\` and \`gaps\` join \`episodes\` by \`episode_id\` = \`record_id\`.`,
  examples: { duckdb: DUCKDB_EXAMPLE, python: PYTHON_EXAMPLE, node: NODE_EXAMPLE },
  exampleTable: 'steps',
};

/** How to load a dataset, with examples that run. */
export function renderLoading({ examples, exampleTable }: CardText): string {
  return `Run these in this folder. Tables of all releases have the same columns.

DuckDB (\`duckdb\` in a terminal, or any of its libraries):

${codeBlock('sql', examples.duckdb)}

Python (pandas with pyarrow, which Debian 12 does not package; its own pandas cannot read Parquet without):

${codeBlock('python', examples.python)}

Node.js:

${codeBlock('js', examples.node)}

What each column means is also in each file's own metadata
(\`SELECT * FROM parquet_kv_metadata('${exampleTable}/*.parquet')\`).

\`proffer export DIR --format FORMAT --out FOLDER\` writes this dataset as JSON Lines (\`jsonl\`) or in the layout of Hugging
Face's \`datasets\` (\`huggingface\`), which lose nothing, and as Agent Data Protocol trajectories (\`adp\`),
\`@puppeteer/replay\` recordings (\`puppeteer\`) or rrweb events (\`rrweb\`), which are partial: they keep to their formats and
cannot be executed, since no page, text or address was recorded. Each says what was put in instead.`;
}
