/**
 * A peer -> a small extension whose only content script is that peer, as the product's recorder is one.
 *
 * Runs in Node. Every peer is bundled and minified the same way. Nothing is fetched.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

export interface BuiltContestant {
  extensionDir: string;
  /** Of the content script; 0 where there is none. */
  bundleGzipBytes: number;
}

/** Where a content script runs: apart from the page's own scripts, or among them. */
export type World = 'ISOLATED' | 'MAIN';

/** Bundles `recorders/<name>.ts` into an extension of its own. */
export async function buildContestant(
  name: string,
  world: World,
  sinkUrl: string,
  dir: string,
  isReadable = false,
): Promise<BuiltContestant> {
  const code = await bundle(name, sinkUrl, isReadable);
  const contentScripts = [
    {
      matches: ['http://127.0.0.1/*'],
      js: ['recorder.js'],
      run_at: 'document_idle',
      all_frames: true,
      world,
    },
  ];
  writeExtension(join(dir, name), name, { 'recorder.js': code }, { content_scripts: contentScripts });
  return { extensionDir: join(dir, name), bundleGzipBytes: gzipSync(code).length };
}

/** An extension without any content script: the page as it is by itself. */
export function buildNone(dir: string): BuiltContestant {
  writeExtension(join(dir, 'none'), 'none', {}, {});
  return { extensionDir: join(dir, 'none'), bundleGzipBytes: 0 };
}

async function bundle(name: string, sinkUrl: string, isReadable: boolean): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { SINK_URL: JSON.stringify(sinkUrl), 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: !isReadable,
      lib: {
        entry: fileURLToPath(new URL(`recorders/${name}.ts`, import.meta.url)),
        formats: ['iife'],
        name: 'recorder',
        fileName: 'recorder',
      },
    },
  });
  const result = Array.isArray(built) ? built[0]! : built;
  if (!('output' in result)) throw new Error(`${name} was not bundled`);
  return loadable(result.output[0].code);
}

/** Chromium refuses scripts of extensions with code points that are no characters; peers have some in their patterns. */
function loadable(code: string): string {
  return code.replace(
    /[\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16)}`,
  );
}

function writeExtension(dir: string, name: string, files: Record<string, string>, more: object): void {
  mkdirSync(dir, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: `Bench: ${name}`,
    version: '1',
    // Only so that automation can tell that the extension is there.
    background: { service_worker: 'worker.js' },
    ...more,
  };
  const all = { ...files, 'worker.js': '', 'manifest.json': JSON.stringify(manifest) };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(dir, file), text);
}
