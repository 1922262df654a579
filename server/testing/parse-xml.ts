/**
 * XML and property lists, read by parsers that are not ours: Python's.
 *
 * Runs in tests only.
 */
import { spawnSync } from 'node:child_process';

const READ_PLISTS = `
import json, plistlib, sys
print(json.dumps([plistlib.loads(text.encode()) for text in json.load(sys.stdin)]))`;

const READ_ELEMENTS = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
print(json.dumps([[element.tag, element.attrib] for element in root.iter()]))`;

/** @throws Error when one is no property list. */
export function parsePlists(documents: readonly string[]): unknown[] {
  return runPython(READ_PLISTS, JSON.stringify(documents)) as unknown[];
}

/** All elements in order, as name and attributes. */
export function parseElements(document: string): [string, Record<string, string>][] {
  return runPython(READ_ELEMENTS, document) as [string, Record<string, string>][];
}

function runPython(script: string, input: string): unknown {
  const done = spawnSync(process.env.PROFFER_PYTHON ?? 'python3', ['-c', script], {
    input,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}
