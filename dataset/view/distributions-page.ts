/**
 * All histograms of the dataset on one page: the card's pictures, each with its numbers as a table.
 */
import { html } from 'hono/html';
import { describeBars, formatShare } from '../bar-chart.ts';
import type { Distribution } from '../distributions.ts';
import { formatCount } from '../markdown.ts';
import { renderPage, type Frame, type Markup } from './page.ts';

export function renderDistributionsPage(frame: Frame, distributions: readonly Distribution[]): string {
  const body = html`<p class="lead">What the whole dataset holds. The same pictures are in its card.</p>
    <div class="charts">
      ${distributions.map(
        (distribution) =>
          html`<figure>
            <img
              src="${frame.base}/distributions/${distribution.id}.svg"
              alt="${describeBars(distribution)}"
              width="640"
              loading="lazy"
            />
            <figcaption>${numbers(distribution)}</figcaption>
          </figure>`,
      )}
    </div>`;
  return renderPage(frame, { title: 'Distributions', section: 'distributions', body });
}

function numbers({ title, counted, bars, total }: Distribution): Markup {
  return html`<details>
    <summary>${title}: the numbers</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">${title}</th>
          <th scope="col" class="number">${counted}</th>
          <th scope="col" class="number">share</th>
        </tr>
      </thead>
      <tbody>
        ${bars.map(
          ({ label, count }) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td class="number">${formatCount(count)}</td>
              <td class="number">${formatShare(count, total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
