/**
 * Pulls records made on demand and prints what it took, as JSON: `{ samples, seconds, peakRssMiB }`.
 *
 * Run by a test in a process of its own, so that its memory is the pull's: `node measured-pull.ts DIR RECORDS`.
 */
import { PATHS, RecordsQuery } from '../../src/trace/collector-api.ts';
import { pull } from '../pull.ts';
import { aCharter, aMotion, anEpisode, aRhythm, aRow, aTrace } from './published-rows.ts';

const [outDir = '', countText = '0'] = process.argv.slice(2);
const count = Number(countText);
const counts = { motion: count, rhythm: count, episode: Math.floor(count / 20), trace: 0 };
const { hash, text } = await aCharter();

const result = await pull({
  from: 'http://127.0.0.1:9',
  key: 'key',
  purpose: 'agent-training',
  outDir,
  fetch: (input) => Promise.resolve(Response.json(answer(new URL(input)))),
});
if (result.kind === 'refused') throw new Error(result.message);
process.stdout.write(
  JSON.stringify({
    samples: result.summary.tables['motion_samples']?.rows,
    seconds: process.uptime(),
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
  }),
);

function answer(url: URL): unknown {
  if (url.pathname === PATHS.wellKnown)
    return { product: 'proffer', charter: hash, publicKey: 'A'.repeat(43) };
  if (url.pathname === PATHS.releases) {
    const release = { number: 1, sealedOn: '2026-11-28', schemaVersion: 1, withdrawn: false, tombstones: 0 };
    return { releases: [{ ...release, counts }], charters: { [hash]: text } };
  }
  const { kind, after, limit } = RecordsQuery.parse(Object.fromEntries(url.searchParams));
  const first = after === undefined ? 0 : numberOf(after) + 1;
  const end = Math.min(first + limit, counts[kind]);
  const build = { motion: aMotion, rhythm: aRhythm, episode: anEpisode, trace: aTrace }[kind];
  const rows = [];
  for (let seed = first; seed < end; seed += 1) {
    rows.push(aRow(hash, { ...build(seed), recordId: idOf(seed) }));
  }
  return { rows, next: end < counts[kind] ? idOf(end - 1) : null };
}

/** Ids that count up; that they do not look random makes the files smaller, which is not measured here. */
function idOf(seed: number): string {
  return `${String(seed).padStart(21, '0')}A`;
}

function numberOf(id: string): number {
  return Number(id.slice(0, -1));
}
