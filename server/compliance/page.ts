/**
 * A page of the compliance pack before it has a form, and its form as Markdown.
 *
 * Runs where the pack and the documents are made. Text is Markdown of one line: `**strong**`, code, links. What comes from a
 * charter goes through `plainMarkdown` or `code`, so that no text of it means anything.
 */
import { plainMarkdown } from '../plain-markdown.ts';

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'subheading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] };

export interface Page {
  /** Of the file, without its ending. */
  name: string;
  title: string;
  blocks: readonly Block[];
}

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const subheading = (text: string): Block => ({ kind: 'subheading', text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const list = (items: readonly string[]): Block => ({ kind: 'list', items });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});

/** To be filled in by hand, in print or on the screen. */
export const BLANK = '……………………………………';

/** A name, an address or a pattern, set apart. */
export function code(text: string): string {
  return /^[ -~]+$/.test(text) && !text.includes('`') ? `\`${text}\`` : plainMarkdown(text);
}

/** @returns Markdown, ending with a line end. */
export function pageMarkdown({ title, blocks }: Pick<Page, 'title' | 'blocks'>): string {
  return `${[`# ${title}`, ...blocks.map(blockMarkdown)].join('\n\n')}\n`;
}

/** One block on its own, as pages of the documents take it between parts written by hand. */
export function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${block.text}`;
    case 'subheading':
      return `### ${block.text}`;
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows].map(rowMarkdown).join('\n');
  }
}

/** A bar would end the cell, also in code, unless something has been put before it already. */
function rowMarkdown(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}
