/**
 * The formats that a dataset can be exported to: what each is, what was put in for what is not recorded, how to read it.
 *
 * Must claim nothing of a format that a test does not show.
 */
import type { Format } from './exporting.ts';
import { exportAdp } from './adp.ts';
import { exportHuggingFace } from './hugging-face.ts';
import { exportJsonLines } from './json-lines.ts';
import { exportPuppeteer } from './puppeteer.ts';
import { exportRrweb } from './rrweb.ts';

const PARTIAL = `**Partial: it keeps to the format and cannot be executed.** The pages, texts and addresses that the work was done with were never
recorded. What stands for them is made up:`;

export const EXPORT_FORMATS = {
  jsonl: {
    title: 'JSON Lines',
    about: `\`tables/<table>.jsonl\` are the tables of the dataset, a row per line, with the columns that the dataset's card
describes. \`work/episodes.jsonl\` (of linked data \`work/traces.jsonl\`) has a line per piece of work, with its steps, views and
gaps (and movements with their samples, typing runs with their keys) in it. Nothing is added and nothing left out.

\`\`\`sql
SELECT action, count(*) FROM 'tables/steps.jsonl' GROUP BY ALL;
\`\`\``,
    write: exportJsonLines,
  },
  adp: {
    title: 'Agent Data Protocol',
    about: `\`full_std.jsonl\` has a trajectory of the Agent Data Protocol (schema version 1.5.0) per line, \`metadata.json\` the tools beside the
browser's own. An observation is an accessibility tree without content: the view's inventory in buckets, and the controls of
the view that the same piece of work tells of, in reading order. So a tree lists fewer controls than the page had, and
every one of them is used somewhere in the trajectory. The pause before each action, its effect, how the pointer came there and
the target's states are in \`details.actions\`. Work without steps is left out, and so are movements and typing.

${PARTIAL}

- A typed text is as many dots as its length bucket says at least; options and files that were chosen are empty.
- A scroll goes a quarter of a viewport, one, or two, of 1,200 x 800 px.
- Widths and heights are powers of two, places are cells of a grid.
- There is no instruction, but where the person marked a task: its name from the charter's list.`,
    write: exportAdp,
  },
  puppeteer: {
    title: 'recordings of @puppeteer/replay',
    about: `\`recordings/release-<number>/<kind>-<id>.json\` are recordings as \`@puppeteer/replay\` and the recorder of Chrome's developer tools
read them. What the format has no step for is a \`customStep\` named \`proffer.…\`. Pauses have no place in the format and are left out, and so
are movements and typing. Work without steps is left out.

${PARTIAL}

- Addresses are \`https://<app>.invalid/<key of the view>\`: no server can have them.
- Selectors are role and, where it is a public one, the vocabulary's English term for the name (\`aria/save[role="button"]\`): the page's own
  words may be others, and many controls may fit.
- A click is in the middle of its target, whose size is a power of two; a typed text is as many dots as its length bucket says at least.
- Scroll positions are summed up from ways of a quarter of a viewport, one, or two; the viewport is 1,200 or 768 px wide.`,
    write: exportPuppeteer,
  },
  rrweb: {
    title: 'rrweb events',
    about: `\`events/release-<number>/<kind>-<id>.json\` are arrays of events for rrweb's \`Replayer\`. What is seen is a wireframe: boxes for the
controls that the steps tell of, with their role and term. Events of the type Custom (\`proffer.step\`, \`proffer.keys\`, \`proffer.gap\`) say what rrweb has no event for.

${PARTIAL}

- The page is made up: boxes stand on the recorded grid of 12 x 8 cells with sizes that are powers of two, moved apart where they would
  cover each other. The page's height, and how far a scroll goes in it, are no one's.
- Of episodes no movement is recorded: the pointer stands at the middle of what a step was done to, when it was done. In linked data the
  movements are the person's own, moved so that they end on their step's target.
- Times are since the Monday of the week of recording, 00:00 UTC. Steps follow each other by the lower ends of their pause
  buckets; in linked data movements and typing stand at their own times and set the steps right. A press lasts 50 ms.
- A typed text is as many dots as its length bucket says at least.`,
    write: exportRrweb,
  },
  huggingface: {
    title: 'Hugging Face dataset',
    about: `\`data/<table>/<split>-release-<number>.parquet\` are the dataset's own tables by split; this file's header names them for
\`datasets.load_dataset\`, a configuration per table: \`load_dataset("<this folder>", "steps")\`. \`croissant.json\` describes the same in Croissant 1.1 with the RAI
vocabulary. Tables without rows are left out.`,
    write: exportHuggingFace,
  },
} as const satisfies Record<string, Format>;
export type ExportFormat = keyof typeof EXPORT_FORMATS;
