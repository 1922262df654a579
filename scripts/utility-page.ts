/**
 * The utility benchmark's last results -> `docs/utility.md`: every figure in tables, and what it was measured on.
 */
import { readResults } from '../bench/audit/report/result-files.ts';
import { labelTable, movementEndTable, nextActionTable, rowsOf } from '../bench/utility/training-result.ts';

/** @param folder where the benchmark writes its results. */
export function utilityPage(folder: string): string {
  const rows = readResults(folder, 'training');
  const next = rowsOf(rows, 'nextAction');
  const ends = rowsOf(rows, 'movementEnd');
  const labels = rowsOf(rows, 'label');
  const lost = next.filter(
    ({ disjoint, value, markov }) => disjoint === 'apps' && value < markov.value,
  ).length;
  const newApps = next.filter(({ disjoint }) => disjoint === 'apps').length;
  const shown = (table: string, count: number) => (count > 0 ? table : 'Not in the last run.');
  return `# Does the data train anything?

<!-- Generated from bench/results by \`npm run generate\`; not to be edited. -->

\`\`\`sh
npm run bench:utility                  # scripted people with made-up hands; writes bench/results/synthetic
npm run bench:utility -- --data DIR    # with the hands of recorded people (docs/audit.md has the format); writes bench/results
npm run generate                       # this page and the card's table from the last run with recorded hands
\`\`\`

## What it is measured on

**Scripted people, not real work.** No recorded workflows of real people are at hand. Each scripted person has habits (what they do, how, and how they slip: \`bench/audit/cohort\`) and works in seven made-up apps. How predictable they are is the script's doing. So the first and the last table show that the columns carry what a model or a label needs, and what a level takes of it; they do not show how well a model would do on real work.

Their fragments go through the product's own protection and assembly, into a real collector with its thresholds, into a release, and by a real \`proffer pull\` into tables, once for each level. Left out is the device's queue: no hold, no random batches. A day's share of motions and rhythms is drawn by the product's figure.

Movements of the second table are recorded people's where it says so, published and pulled in the same way, apart from the scripts: public data of people who did a task of a study.

Each figure has an interval that holds 95 % of groups of people drawn from those measured; it says nothing of how other scripts would come out. _of linked_ is the share of what the same measure comes to on \`linked\` data: of macro-F1; of the part of the error that is gone; of the F1 of precision and recall.

## What comes next?

Told from the rows of \`steps\` before it, nothing of its own row: the action, the target's role, its label term, and all three as one. Only what a person chose is asked for; what came of it (\`follows_step_index\`) is not, nor are changes of tab. A log-linear model on the columns of the last four steps and what was visible, against what most often followed the last two steps (with back-off), and against what is commonest. Macro-F1: the mean over all classes that occur, each counting the same; that there is no term is no class of its own. _people_: learned from half of the people, asked of the others, both ways. _apps_: each app is asked for after learning from all others, without the keys of views and elements, of the same people.

\`balanced\` and \`strict\` say the same of steps, so they come to the same. From \`linked\` they differ in what is hidden because too few have met it.

In apps that it had not seen the log-linear model did worse than Markov in ${lost} of ${newApps} cases: what it learns of one app does not carry over.

${shown(nextActionTable(next), next.length)}

## Where does a movement end?

Told from its first 60 %. Learned from the published movements of half of the people, asked about whole raw movements of the others, both ways; median distance from the true end, against the last point that is shown. Less than nothing gone means that learning from that level misleads: at \`strict\` a path is its ends and a made-up middle.

${shown(movementEndTable(ends), ends.length)}

What rhythms are good for (next interval, pauses, corrections) is in [risk.md](risk.md).

## Do the labels find what went wrong?

The scripted people know when they pressed beside, turned back, changed their mind, mended a form or did a task again; the columns do not. Counted are groups of steps: a slip is found if the label is on one of its steps. _at random_ is what as many labels put anywhere would be right in.

- \`correction\`: episodes tell of undoing only; what was taken back while typing is in rhythms, which no episode is joined to. Traces tell both, so \`linked\` finds most.
- \`back_track\` is on every way back, and the scripted people often take one that is no mistake; where a view is hidden it cannot be.
- \`re_click\` is not put on items of lists, where two may have one key.
- \`dead_click\` is on every click that showed no effect before another click; some of the scripted apps' buttons show none.
- \`dialog_dismissed_unused\` knows escape and the words of the vocabulary; the scripted apps also call it \`keep\`, which is none.
- \`routine_id\` finds acts that come again exactly; people vary theirs.
- \`app_switch_loop_id\` is not judged: no script goes to and fro.

${shown(labelTable(labels), labels.length)}
`;
}
