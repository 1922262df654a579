/**
 * Texts of a charter on pages in Markdown: the install kit's and the compliance pack's.
 *
 * Whatever a text holds, it stays on its line and none of its characters means anything.
 */

/** One line of plain text. */
export function plainMarkdown(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[\s\p{Cc}]+/gu, ' ')
      // What turns the direction of writing, above all. The two joiners are part of words, and of emoji.
      .replace(/[\p{Cf}--[\u200c\u200d]]/gv, '')
      .replace(/[\\`*_{}[\]()#+\-.!|<>&~]/g, '\\$&')
      .trim()
  );
}
