/**
 * `npm run pack:dataset`: the `proffer` command as an npm package, for data teams without a clone of this repository.
 *
 *   npm run pack:dataset -- --out packages
 *
 * Follows the imports of dataset/main.ts, makes JavaScript of them (Node does not strip types inside node_modules), and
 * lists as dependencies only the packages that they import, at the versions of package.json. Files beside a module that
 * are no modules (styles, pages) go along as they are.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const ROOT = resolve(import.meta.dirname, '..');
const ENTRY = 'dataset/main.ts';
/** Named by no import: what a thread starts with. */
const THREADS = ['dataset/range-worker.ts'];
const COMPILER: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  jsx: ts.JsxEmit.ReactJSX,
  jsxImportSource: 'preact',
};

interface ProjectManifest {
  version: string;
  license: string;
  engines: Record<string, string>;
  dependencies: Record<string, string>;
}

/** All modules that an entry reaches and the packages they import; paths from the root. */
export function followImports(entries: readonly string[]): { modules: string[]; packages: string[] } {
  const modules = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue;
    modules.add(path);
    for (const specifier of runtimeImports(path)) {
      if (specifier.startsWith('.')) waiting.push(relative(ROOT, resolve(ROOT, dirname(path), specifier)));
      else if (!specifier.startsWith('node:')) packages.add(packageOf(specifier));
    }
  }
  return { modules: [...modules].sort(), packages: [...packages].sort() };
}

/** What is left of a module's imports when its types are gone, dynamic ones included. */
function runtimeImports(path: string): string[] {
  return ts.preProcessFile(compile(path), true, true).importedFiles.map(({ fileName }) =>
    // The emit has rewritten it; the source is looked for.
    fileName.startsWith('.') ? sourceOf(path, fileName) : fileName,
  );
}

function sourceOf(path: string, emitted: string): string {
  const candidates = [emitted, emitted.replace(/\.js$/, '.ts'), emitted.replace(/\.js$/, '.tsx')];
  const found = candidates.find((candidate) => existsSync(resolve(ROOT, dirname(path), candidate)));
  if (found === undefined) throw new Error(`${path} imports ${emitted}, which is not there`);
  return found;
}

function compile(path: string): string {
  const source = readFileSync(join(ROOT, path), 'utf8');
  if (!/\.tsx?$/.test(path)) return source;
  return ts.transpileModule(source, { fileName: path, compilerOptions: COMPILER }).outputText;
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Files of the modules' own folders that are neither modules nor tests nor notes: pages, styles, pictures. */
function assetsOf(modules: readonly string[]): string[] {
  const folders = [...new Set(modules.map((path) => dirname(path)))].filter((path) =>
    path.startsWith('dataset'),
  );
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !['.ts', '.tsx', '.md'].includes(extname(entry.name)))
      .map(({ name }) => join(folder, name)),
  );
}

/** Makes the package in a folder that is there and empty. */
export function buildPackage(outDir: string): void {
  const project = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as ProjectManifest;
  const { modules, packages } = followImports([ENTRY, ...THREADS]);
  for (const path of modules) {
    const target = join(outDir, path.replace(/\.tsx?$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, compile(path));
  }
  for (const path of assetsOf(modules)) {
    if (!modules.includes(path)) cpSync(join(ROOT, path), join(outDir, path));
  }
  writeFileSync(join(outDir, 'README.md'), README);
  writeFileSync(
    join(outDir, 'package.json'),
    `${JSON.stringify(packageManifest(project, packages), null, 2)}\n`,
  );
}

function packageManifest(project: ProjectManifest, packages: readonly string[]) {
  const dependencies = packages.map((name) => {
    const version = project.dependencies[name];
    if (version === undefined) throw new Error(`${name} is imported but is no dependency of package.json`);
    return [name, version] as const;
  });
  return {
    name: 'proffer-dataset',
    version: project.version,
    description: 'Pulls, keeps up to date and verifies datasets of a Proffer collector.',
    license: project.license,
    type: 'module',
    engines: project.engines,
    bin: { proffer: ENTRY.replace(/\.ts$/, '.js') },
    dependencies: Object.fromEntries(dependencies),
  };
}

const README = `# proffer

Pulls datasets from a Proffer collector, keeps them up to date and verifies them. The dataset's own README.md says what
is in it and on which terms.

    export PROFFER_READER_KEY=…
    npx proffer pull --from https://collector.example.com --purpose agent-training --out dataset
    npx proffer pull --from https://collector.example.com --purpose agent-training --out dataset --sync
    npx proffer verify dataset --from https://collector.example.com
    npx proffer --help
`;

function main(): void {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'packages' } } });
  const outDir = resolve(values.out);
  mkdirSync(outDir, { recursive: true });
  const buildDir = mkdtempSync(join(tmpdir(), 'proffer-pack-'));
  try {
    buildPackage(buildDir);
    const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', outDir], {
      cwd: buildDir,
      encoding: 'utf8',
    });
    process.stdout.write(`${join(outDir, name.trim())}\n`);
  } finally {
    rmSync(buildDir, { recursive: true, force: true });
  }
}

if (import.meta.main) main();
