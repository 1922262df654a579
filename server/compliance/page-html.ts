/**
 * A page of the compliance pack as HTML: one file that loads nothing and prints well, with the charter's hash on each sheet.
 *
 * Runs where the pack is made. Knows the little Markdown that the pages are written in; everything else is text and is escaped.
 */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { PAGE_COLORS } from '../page-colors.ts';
import type { Block, Page } from './page.ts';

type Html = ReturnType<typeof html>;

const INLINE =
  /\\([\\`*_{}[\]()#+\-.!|<>&~])|`([^`]+)`|\*\*((?:\\.|[^*\\])+)\*\*|\[((?:\\.|[^\]\\])+)\]\(([^)\s]+)\)/g;

const STYLE = `${PAGE_COLORS}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.25rem 0 0.5rem; font-size: 1.25rem; }
h3 { margin: 1.5rem 0 0.25rem; font-size: 1.05rem; }
p, ul { margin: 0.5rem 0; }
li + li { margin-top: 0.35rem; }
a { color: var(--accent); }
code { font: 0.875em ui-monospace, monospace; overflow-wrap: anywhere; }
td:first-child code { overflow-wrap: normal; }
.wide { overflow-x: auto; }
table { width: 100%; margin: 0.75rem 0; border-collapse: collapse; background: var(--card); font-size: 0.925rem; }
th, td { padding: 0.4rem 0.6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
@page { margin: 18mm 15mm; }
@media print {
  :root { color-scheme: light; }
  body { background: none; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  tr { break-inside: avoid; }
}`;

/** @param foot for the foot of each printed sheet: plain text without quotation marks. */
export function pageHtml({ title, blocks }: Page, foot: string): string {
  const style = `${STYLE}\n@page { @bottom-left { content: "${foot}"; font: 8pt sans-serif; } @bottom-right { content: counter(page) "/" counter(pages); font: 8pt sans-serif; } }`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${blocks.map(blockHtml)}
        </main>
      </body>
    </html> `;
  // Nothing in it is asynchronous, so it is a string already.
  return (page as HtmlEscapedString).toString();
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return html`<h2>${inlineHtml(block.text)}</h2>`;
    case 'subheading':
      return html`<h3>${inlineHtml(block.text)}</h3>`;
    case 'paragraph':
      return html`<p>${inlineHtml(block.text)}</p>`;
    case 'list':
      return html`<ul>
        ${block.items.map((item) => html`<li>${inlineHtml(item)}</li> `)}
      </ul>`;
    case 'table':
      return html`<div class="wide">
        <table>
          <thead>
            <tr>
              ${block.head.map((cell) => html`<th scope="col">${inlineHtml(cell)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${block.rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell) => html`<td>${inlineHtml(cell)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

function inlineHtml(text: string): (string | Html)[] {
  const parts: (string | Html)[] = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, literal, codeText, strong, linkText, target] = found;
    parts.push(text.slice(end, found.index));
    end = found.index + whole.length;
    if (literal !== undefined) parts.push(literal);
    else if (codeText !== undefined) parts.push(html`<code>${codeText}</code>`);
    else if (strong !== undefined) parts.push(html`<strong>${inlineHtml(strong)}</strong>`);
    else parts.push(html`<a href="${target!.replace(/\.md$/, '.html')}">${inlineHtml(linkText!)}</a>`);
  }
  return [...parts, text.slice(end)];
}
