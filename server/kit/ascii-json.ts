/**
 * JSON in ASCII: what is not is written as `\uXXXX`, which every reader of JSON gives back as it was.
 *
 * For values that travel through registries, property lists and scripts: nothing in them can then be a control character,
 * a quotation mark of another alphabet (PowerShell takes those for its own) or half of a letter.
 */

/** @param indent spaces; none gives one line. */
export function asciiJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
