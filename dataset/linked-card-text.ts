/**
 * The parts of the card that are different for a dataset of linked data: what it is, what it is not, how to load it.
 *
 * Must say plainly that it may identify people, and must never say "anonymous".
 */
import {
  MAX_SPLIT_BUCKETS,
  PARTICIPANTS_PER_BUCKET,
  SPLIT_NEEDS_PARTICIPANTS,
} from '../src/charter/split-buckets.ts';
import type { CardText } from './card-text.ts';

const DUCKDB = `-- how long a movement takes before each action
SELECT action, count(*) AS times, median(duration_ms) AS median_ms
FROM 'trace_motions/*.parquet' AS motion
JOIN 'trace_steps/*.parquet' AS step
  ON step.trace_id = motion.trace_id AND step.step_index = motion.after_step_index + 1
GROUP BY ALL ORDER BY times DESC, action LIMIT 20;`;

const PYTHON = `import pandas as pd  # needs pyarrow

motions = pd.read_parquet("trace_motions")
samples = pd.read_parquet("trace_motion_samples")
paths = samples.merge(motions[["trace_id", "motion_index", "end"]], on=["trace_id", "motion_index"])
print(paths.groupby("end")["time_ms"].max())`;

const NODE = `import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create();
const connection = await instance.connect();
const reader = await connection.runAndReadAll(
  "SELECT key_class, count(*) AS keys, median(interval_ms) AS median_ms FROM 'trace_rhythm_keys/*.parquet' GROUP BY ALL ORDER BY ALL",
);
console.table(reader.getRowObjectsJson());`;

/** For a dataset that holds traces and nothing else. */
export const LINKED_CARD: CardText = {
  whatItIsFor: `**This is linked data of volunteers.** Each row of \`traces\` is one piece of work in which steps, movements and typing
stay together, with the person's own timing and the places of spaces. It may identify people: keep it apart from
all other data, give it to nobody, and treat it as if names were in it. It was recorded under an agreement of its
own; the promise that no record tells which data are one person's, and the thresholds of contributors and of records,
do not apply to it.

These are traces of how people worked in web applications, recorded with their consent and without content:
no names, no text, no page. They can train models of how movements, typing and actions follow one another. They
cannot train instruction-following or grounding in what a page says.`,
  whatCannotBeInIt: `Records of one piece of work are one record here, and one person's pieces of work resemble each other.`,
  keys: `Labels of apps and keys of views and elements are published however few have met them.`,
  consent: `Each record was made by a person who read what linked recording means on a consent page of its own, agreed there by an
explicit act, switched on the scopes it needs (\`pointer\` for movements, \`keys\` for typing runs, \`workflow\` for steps), and
could pause, review, delete, withdraw and switch to more protection.`,
  howToSplit: `The column \`split\` of \`traces\` puts all traces of one person into the same bucket, without saying whose they are;
all other tables have it by their trace. To test on new people, take whole buckets of one charter for training and
others for testing: \`WHERE split < 4\` and \`WHERE split >= 4\`.

There are at most ${MAX_SPLIT_BUCKETS} buckets, made for ${PARTICIPANTS_PER_BUCKET} expected people or more each. But only volunteers are in them: a bucket may
hold few people, or one, and none is hidden for that. Buckets of traces are drawn apart from those of all other data.
Charters with the same number of buckets share them; those of charters with other numbers have nothing to do with each
other. A person who works in two browsers, or who withdrew and came back, may be in two. Traces with no \`split\` were
made under charters that expect fewer than ${SPLIT_NEEDS_PARTICIPANTS} people: leave them out when people must be new.`,
  joins: `Parts join \`traces\` by \`trace_id\` = \`record_id\`; \`trace_motion_samples\` join
\`trace_motions\` by \`trace_id\` and \`motion_index\`, \`trace_rhythm_keys\` join \`trace_rhythms\` by \`trace_id\` and
\`rhythm_index\`. \`after_step_index\` places movements and typing runs between the steps.`,
  examples: { duckdb: DUCKDB, python: PYTHON, node: NODE },
  exampleTable: 'trace_steps',
};
