/**
 * Makes a clean clone ready: dependencies, browsers and scikit-learn if none is found. Runs on Node 20 before anything else.
 *
 * Plain JavaScript without imports of packages, since nothing is installed yet. Does nothing when all is
 * there. Prints what it does; a step that fails ends with its own output.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findPython } from './find-python.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = `${root}node_modules/.proffer-setup`;

installDependencies();
findOrInstallBrowser();
installFirefox();
findOrInstallLearners();

function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  // Not `npm ci`: it fails where a registry lacks the optional binaries of other platforms. The lock file still
  // decides every version, and is not written.
  run('Installing dependencies', 'npm', [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  writeFileSync(stampFile, wanted);
}

function findOrInstallBrowser() {
  const known = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  if (known.some((path) => path && existsSync(path)) || existsSync(playwrightChromium())) return;
  if (canUseApt()) installByApt('Chromium', ['chromium', 'fonts-dejavu-core']);
  else run('Installing Chromium', 'npx', ['playwright', 'install', 'chromium']);
}

/** Firefox ESR, where it can be had from the system; elsewhere its tests are skipped and say so. */
function installFirefox() {
  if (existsSync('/usr/bin/firefox-esr') || !canUseApt() || !isPackaged('firefox-esr')) return;
  installByApt('Firefox ESR', ['firefox-esr']);
}

/** Whether the system has a package of this name: Debian has Firefox ESR, Ubuntu has not. */
function isPackaged(name) {
  return spawnSync('apt-cache', ['show', '--no-all-versions', name], { stdio: 'ignore' }).status === 0;
}

/** The audit's attack learns with scikit-learn, which is Python's. */
function findOrInstallLearners() {
  if (findPython() !== undefined) return;
  if (canUseApt()) installByApt('scikit-learn', ['python3-sklearn']);
  else
    run('Installing scikit-learn', 'python3', ['-m', 'pip', 'install', '--quiet', '--user', 'scikit-learn']);
}

function canUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function installByApt(what, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('Updating package lists', 'apt-get', ['update', '-qq'], env);
  run(`Installing ${what}`, 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
}

function playwrightChromium() {
  const found = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      "import { chromium } from '@playwright/test'; console.log(chromium.executablePath())",
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return found.stdout.trim();
}

function run(what, command, args, env = process.env) {
  console.log(`${what}: ${command} ${args.join(' ')}`);
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env });
  if (done.status !== 0) {
    console.error(`${what} failed (${done.error?.message ?? `exit code ${done.status}`}).`);
    process.exit(1);
  }
}
