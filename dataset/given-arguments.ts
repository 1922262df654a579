/**
 * What a command was given, as `citty` parsed it: by name, `_` for what has none.
 */

type Given = Readonly<Record<string, unknown>>;

/** An argument given without a value reads as an empty text, which counts as missing. */
export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The first argument that the command does not know, as it was written.
 *
 * @param positionals how many arguments without a name it takes.
 */
export function findUnknown(given: Given, names: readonly string[], positionals = 0): string | undefined {
  const rest = given['_'];
  if (Array.isArray(rest) && rest.length > positionals) return `"${String(rest[positionals])}"`;
  // A name with a dash comes in both spellings.
  const known = new Set(['_', ...names, ...names.map(toCamelCase)]);
  const name = Object.keys(given).find((candidate) => !known.has(candidate));
  return name === undefined ? undefined : `--${name}`;
}

function toCamelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
