/**
 * Texts in XML: property lists of the install kit, update manifests.
 *
 * Whatever a text holds, it comes back as it was or, where XML has no way to write a character, with U+FFFD in its place.
 */

/** A text as XML holds it, in an element or between quotation marks. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // What XML 1.0 has no way to write.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      // Line ends and tabs too: readers may change bare ones.
      .replace(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
