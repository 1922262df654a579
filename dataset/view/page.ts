/**
 * The frame of each of the viewer's pages: head, ways to the other pages, and what is shown.
 *
 * Made by the viewer on the data team's computer, shown in the browser there. All text is escaped; loads its own style
 * and script and nothing from elsewhere.
 */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { svgMarkup, type SvgNode } from '../../src/replay/svg-node.ts';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What all pages of one dataset have in common. */
export interface Frame {
  /** Path that all addresses begin with, without a slash at the end. */
  base: string;
  /** Names of the folder and the purpose. */
  folder: string;
  purpose: string;
  isLinked: boolean;
}

export interface Page {
  title: string;
  /** Path of the section it belongs to, after the base. */
  section: string;
  body: Markup;
  /** Whether it has moments to be played. */
  isPlayable?: boolean;
}

/** The whole page as HTML. */
export function renderPage({ base, folder, purpose, isLinked }: Frame, page: Page): string {
  const sections = [
    ['', isLinked ? 'Traces' : 'Episodes'],
    ...(isLinked ? [] : [['motions', 'Movements'] as const, ['rhythms', 'Typing runs'] as const]),
    ['distributions', 'Distributions'],
  ] as const;
  const rendered = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}: ${folder}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${base}/style.css" />
        ${page.isPlayable ? html`<script src="${base}/player.js" defer></script>` : ''}
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>
          <p class="product">Proffer</p>
          <p class="folder">${folder} <span class="soft">for ${purpose}</span></p>
          <nav aria-label="Parts of the dataset">
            <ul>
              ${sections.map(
                ([path, name]) =>
                  html`<li>
                    <a href="${base}/${path}" ${page.section === path ? raw('aria-current="page"') : ''}
                      >${name}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
        </header>
        <main id="main" tabindex="-1">
          <h1>${page.title}</h1>
          ${page.body}
        </main>
      </body>
    </html>`;
  // Nothing in it is asynchronous, so it is a string already.
  return (rendered as HtmlEscapedString).toString();
}

/** A picture as a part of a page. */
export function picture(node: SvgNode): HtmlEscapedString {
  return raw(svgMarkup(node));
}

export interface Paging {
  from: number;
  limit: number;
  count: number;
  /** The address with another page in it. */
  href: (page: number) => string;
}

/** The page of a list that an address asks for, from 0; the first for anything else. */
export function pageOf(query: Record<string, string>): number {
  return /^[0-9]{1,6}$/.test(query['page'] ?? '') ? Number(query['page']) : 0;
}

/** The same query with another page. */
export function withPage(path: string, query: Record<string, string>, page: number): string {
  const kept = Object.entries(query).filter(([name, value]) => name !== 'page' && value !== '');
  const parameters = new URLSearchParams([
    ...kept,
    ...(page === 0 ? [] : [['page', String(page)]]),
  ] as string[][]);
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

/** Ways to the pages before and after; nothing where all is on one. */
export function pager({ from, limit, count, href }: Paging): Markup | '' {
  if (count <= limit) return '';
  const page = Math.floor(from / limit);
  const last = Math.ceil(count / limit) - 1;
  const way = (to: number, name: string) =>
    to < 0 || to > last || to === page
      ? html`<span class="off">${name}</span>`
      : html`<a href="${href(to)}">${name}</a>`;
  return html`<nav class="pager" aria-label="Pages of the list">
    ${way(0, 'First')} ${way(page - 1, 'Previous')}
    <span>Page ${(page + 1).toLocaleString('en-US')} of ${(last + 1).toLocaleString('en-US')}</span>
    ${way(page + 1, 'Next')} ${way(last, 'Last')}
  </nav>`;
}
