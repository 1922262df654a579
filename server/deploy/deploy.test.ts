import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SETTINGS, variableOf } from '../settings-table.ts';
import { aCharter } from '../testing/builders.ts';
import { makeTestDir } from '../testing/test-store.ts';
import { createStarter } from '../testing/started-collector.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const dockerfile = read('Dockerfile');

test.each(['Dockerfile', 'compose.yaml', 'proffer-collector.service'])(
  '%s sets no setting that is none',
  (name) => {
    const known = Object.keys(SETTINGS).map(variableOf);
    const set = [...read(name).matchAll(/\b(PROFFER_[A-Z_]+)[=:]/g)].map(([, variable]) => variable);
    expect(set.length).toBeGreaterThan(0);
    expect(known).toEqual(expect.arrayContaining(set));
  },
);

test('image and service run as nobody special, and stop only after draining may be over', () => {
  expect(dockerfile.lastIndexOf('\nUSER node')).toBeLessThan(dockerfile.indexOf('\nENTRYPOINT'));
  expect(dockerfile.slice(dockerfile.indexOf('\nUSER node')).includes('\nRUN')).toBe(false);
  expect(read('proffer-collector.service')).toMatch(/^User=proffer$/m);
  expect(read('compose.yaml')).toContain('stop_grace_period: 90s');
  expect(read('proffer-collector.service')).toMatch(/^TimeoutStopSec=90$/m);
});

test(
  'what is copied into the image is enough to run, and its health check holds',
  { timeout: 60_000 },
  async () => {
    const dir = makeTestDir();
    const app = join(dir, 'app');
    const starter = createStarter(join(app, 'server/main.ts'));
    try {
      copyIntoImage(app);
      const licences = writeLicences(app);
      for (const name of ['hono', 'pg', 'pino', 'zod'])
        expect(licences).toMatch(new RegExp(`^${name} \\d.*\\n-+\\n\\n[^\\n]`, 'm'));
      expect(licences).not.toContain('duckdb');
      const charterFile = join(dir, 'charter.json');
      writeFileSync(charterFile, JSON.stringify(aCharter()));
      const environment = { PROFFER_CHARTER: charterFile, PROFFER_DATA: join(dir, 'data') };
      const { url } = await starter.start(['--port', '0'], environment);
      expect((await fetch(`${url}/docs`)).status).toBe(200);
      const pack = spawnSync(
        process.execPath,
        [join(app, 'server/main.ts'), 'compliance', '--charter', charterFile, '--out', join(dir, 'pack')],
        { encoding: 'utf8' },
      );
      expect([pack.status, pack.stderr]).toEqual([0, '']);
      const check = (port: string) =>
        spawnSync(process.execPath, healthCheck().slice(1), { env: { PROFFER_PORT: port } }).status;
      expect(check(new URL(url).port)).toBe(0);
      expect(check('1')).toBe(1);
    } finally {
      starter.stopAll();
      rmSync(dir, { recursive: true, force: true });
    }
  },
);

/** Does what the Dockerfile's lines do: the packages of the lock file that are not for development, and the COPYs. */
function copyIntoImage(app: string): void {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(packages)) {
    const isWanted = path !== '' && !dev && !path.startsWith('node_modules/@duckdb/');
    // Packages for other systems are in the lock file and not on this disk.
    if (isWanted && existsSync(join(ROOT, path))) {
      cpSync(join(ROOT, path), join(app, path), { recursive: true, dereference: true });
    }
  }
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM'));
  const copied = [...lastStage.matchAll(/^COPY (?!--from)(\S+) \.\/(\S*)$/gm)];
  expect(copied.map(([, from]) => from)).toContain('server');
  for (const [, from, to] of copied) {
    const target = join(app, to === '' ? from! : to!);
    cpSync(join(ROOT, from!), target, {
      recursive: true,
      filter: (file) => !isIgnored(file.slice(ROOT.length + 1)),
    });
  }
}

/** Does what the first stage does beside installing. */
function writeLicences(app: string): string {
  const [, script] = /^RUN node (scripts\/\S+) \.$/m.exec(dockerfile)!;
  const done = spawnSync(process.execPath, [join(ROOT, script!), app], { encoding: 'utf8' });
  expect(done.stderr).toBe('');
  return readFileSync(join(app, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
}

const ignoreLines = read('Dockerfile.dockerignore').split('\n');

test('the builder is sent every file that is copied into the image', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \.\/\S*$/gm)].flatMap(([, from]) =>
    from!.split(' '),
  );
  expect(ignoreLines).toEqual(expect.arrayContaining(copied.map((path) => `!${path}`)));
});

/** As Dockerfile.dockerignore has it. */
function isIgnored(path: string): boolean {
  const ignored = ignoreLines.filter((line) => /^\w/.test(line));
  return path.endsWith('.test.ts') || ignored.includes(path);
}

function healthCheck(): string[] {
  const [, command] = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(dockerfile)!;
  return JSON.parse(command!) as string[];
}
