/**
 * Records as canonical JSON (RFC 8785): the order of a sender's fields would be one more thing to tell senders by.
 *
 * Runs in the collector, on what the strict schema has let through: plain objects with the contract's own names, and
 * strings of closed lists and fixed forms. On these the platform's numbers and strings are the canonical ones already,
 * so only the order of fields is left to do, at a third of the library's cost. Not for anything else: charters, which
 * hold people's own words, go through the library.
 */

/** The value's canonical JSON; the fields named are left out at the top. */
export function canonicalBody(value: object, leftOut: readonly string[] = []): string {
  return JSON.stringify(inOrder(value, leftOut));
}

function inOrder(value: object, leftOut: readonly string[]): object {
  if (Array.isArray(value)) return value.map((item: unknown) => (isObject(item) ? inOrder(item, []) : item));
  const fields = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const name of sorted(Object.keys(fields))) {
    if (leftOut.includes(name)) continue;
    const field = fields[name];
    ordered[name] = isObject(field) ? inOrder(field, []) : field;
  }
  return ordered;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** By UTF-16 code units, in place. By insertion: a record's objects are small, and faster done than `sort` is called. */
function sorted(names: string[]): string[] {
  for (let taken = 1; taken < names.length; taken += 1) {
    const name = names[taken]!;
    let at = taken;
    for (; at > 0 && names[at - 1]! > name; at -= 1) names[at] = names[at - 1]!;
    names[at] = name;
  }
  return names;
}
