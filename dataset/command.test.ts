/**
 * The command as people run it: a process of its own against a collector on loopback, killed and run again.
 */
import { spawn } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { describe, expect, it } from 'vitest';
import { digestFolder, withTemporaryFolder } from './testing/dataset-reader.ts';
import { createFakeCollector, PURPOSE, READER_KEY } from './testing/fake-collector.ts';
import { aCharter, aMotion, anEpisode, aRhythm, aRow } from './testing/published-rows.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const { hash, text } = await aCharter();
/** More kills make a long campaign of it: `PROFFER_KILLS=200 npx vitest run dataset/command.test.ts`. */
const KILLS = Number(process.env['PROFFER_KILLS'] ?? 6);

interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(
  file: string,
  parameters: string[],
  environment: Record<string, string> = {},
  killAfterMs?: number,
) {
  return new Promise<Finished>((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...parameters], {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
    });
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    const finished: Finished = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (piece) => (finished.stdout += String(piece)));
    child.stderr.on('data', (piece) => (finished.stderr += String(piece)));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ...finished, code });
    });
  });
}

/** Serves three releases on loopback, each page a little late, so that a kill can hit any moment. */
async function withCollector(use: (url: string) => Promise<void>): Promise<void> {
  const collector = createFakeCollector({ charters: { [hash]: text }, maxPageRecords: 40 });
  for (const number of [1, 2, 3]) {
    const seeds = Array.from({ length: 120 }, (_, index) => number * 1000 + index);
    collector.releases.push({
      number,
      rows: seeds.flatMap((seed) => [
        aRow(hash, aMotion(seed)),
        aRow(hash, aRhythm(seed)),
        aRow(hash, anEpisode(seed)),
      ]),
    });
  }
  collector.intercept = () => new Promise((resolve) => setTimeout(resolve, 10));
  const server = serve({ fetch: collector.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  try {
    await use(`http://127.0.0.1:${address.port}`);
  } finally {
    server.close();
  }
}

const KEY = { PROFFER_READER_KEY: READER_KEY };
const pullInto = (url: string, outDir: string) => [
  'pull',
  '--from',
  url,
  '--purpose',
  PURPOSE,
  '--out',
  outDir,
];

describe('proffer pull', () => {
  it('pulls, tells how far it is and ends with a table of what there is', () =>
    withTemporaryFolder((folder) =>
      withCollector(async (url) => {
        const keyFile = join(folder, 'key');
        await writeFile(keyFile, `${READER_KEY}\n`);
        const outDir = join(folder, 'out');
        const first = await run(MAIN, [...pullInto(url, outDir), '--key-file', keyFile]);
        expect(first.code).toBe(0);
        expect(first.stderr).toContain('release 1 (1 of 3)');
        expect(first.stdout).toContain('Pulled releases 1, 2, 3; the dataset holds releases 1, 2, 3.');
        expect(first.stdout).toMatch(/^motions +360 +360 +.*motions$/m);
        expect(first.stdout).toContain(`Card: ${join(outDir, 'README.md')}`);
        expect(first.stdout + first.stderr).not.toContain(READER_KEY);

        const second = await run(MAIN, pullInto(url, outDir), KEY);
        expect(second).toMatchObject({ code: 0, stderr: '' });
        expect(second.stdout).toContain('Nothing new');
      }),
    ));

  it('says in one line what is wrong, exits 1 and leaves nothing', () =>
    withTemporaryFolder((folder) =>
      withCollector(async (url) => {
        const outDir = join(folder, 'out');
        const wrong: [string[], Record<string, string>, RegExp][] = [
          [pullInto(url, outDir), {}, /no reader key/],
          [pullInto(url, outDir), { PROFFER_READER_KEY: 'nobody' }, /does not know this reader key/],
          [['pull', '--from', url, '--purpose', 'spying', '--out', outDir], KEY, /the purpose given/],
          [pullInto('proffer', outDir), KEY, /--from must be an address/],
          [[...pullInto(url, outDir), '--fast'], KEY, /unknown argument --fast/],
        ];
        for (const [parameters, environment, message] of wrong) {
          const { code, stdout, stderr } = await run(MAIN, parameters, environment);
          expect(code).toBe(1);
          expect(stdout).toBe('');
          expect(stderr).toMatch(/^proffer: .*\n$/);
          expect(stderr).toMatch(message);
        }
        expect(await readdir(folder)).toEqual([]);
      }),
    ));

  it('killed at any moment and run again, gives what one clean run gives', { timeout: 600_000 }, () =>
    withTemporaryFolder((folder) =>
      withCollector(async (url) => {
        const clean = join(folder, 'clean');
        const startedMs = performance.now();
        expect((await run(MAIN, pullInto(url, clean), KEY)).code).toBe(0);
        const cleanMs = performance.now() - startedMs;
        const wanted = await digestFolder(clean);
        expect(Object.keys(wanted).filter((name) => name.endsWith('.parquet'))).toHaveLength(24);

        let outDir = '';
        let killed = 0;
        for (let attempt = 0; killed < KILLS; attempt += 1) {
          if (outDir === '') outDir = join(folder, `killed-${attempt}`);
          const killAfterMs = 100 + Math.random() * cleanMs;
          const { code } = await run(MAIN, pullInto(url, outDir), KEY, killAfterMs);
          if (code === null) {
            killed += 1;
            continue;
          }
          expect(code).toBe(0);
          expect(await digestFolder(outDir)).toEqual(wanted);
          outDir = '';
        }
        if (outDir !== '') {
          expect(await run(MAIN, pullInto(url, outDir), KEY)).toMatchObject({ code: 0 });
          expect(await digestFolder(outDir)).toEqual(wanted);
        }
      }),
    ),
  );

  it('takes 100,000 motions and rhythms in bounded memory', { timeout: 120_000 }, () =>
    withTemporaryFolder(async (outDir) => {
      const { stdout, stderr } = await run(join(import.meta.dirname, 'testing/measured-pull.ts'), [
        outDir,
        '100000',
      ]);
      expect(stderr).toBe('');
      const measured = JSON.parse(stdout) as { samples: number; peakRssMiB: number };
      expect(measured.samples).toBeGreaterThan(800_000);
      expect(measured.peakRssMiB).toBeLessThan(700);
    }),
  );
});

describe('proffer export', () => {
  it('tells how far it is on stderr, and on stdout what it wrote', () =>
    withTemporaryFolder((folder) =>
      withCollector(async (url) => {
        const [dataset, outDir] = [join(folder, 'dataset'), join(folder, 'adp')];
        expect((await run(MAIN, pullInto(url, dataset), KEY)).code).toBe(0);
        const exported = await run(MAIN, ['export', dataset, '--format', 'adp', '--out', outDir]);
        expect(exported.code).toBe(0);
        expect(exported.stderr).toMatch(/^\[\.{20}\] 0 %, 1 of 360 records, [\d,]+ records\/s, .* left$/m);
        expect(exported.stdout).toContain(`Exported 3 releases as Agent Data Protocol to ${outDir}`);
      }),
    ));
});
