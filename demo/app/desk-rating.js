/**
 * `<desk-rating>`: five stars and a note in an open shadow root, as component libraries make them.
 * Runs in the page. Never lets its note out: the `rating` event carries the number of stars only.
 */
import { createElement } from './create-element.js';

const STAR_COUNT = 5;

const STYLES = `
  :host { display: block; }
  h2 { margin: 0 0 8px; font-size: 14px; font-weight: 600; }
  .stars { display: flex; gap: 2px; margin-bottom: 10px; }
  .stars button { border: 0; padding: 2px 4px; background: none; color: var(--star-off); font-size: 22px; line-height: 1; }
  .stars .lit { color: var(--star-on); }
  label { display: block; margin-bottom: 4px; color: var(--ink-quiet); font-size: 13px; }
  .row { display: flex; gap: 8px; }
  input { flex: 1; min-width: 0; }
  input, .send { box-sizing: border-box; height: 34px; padding: 0 10px; border: 1px solid var(--line-strong); border-radius: 6px; background: #fff; color: inherit; font: inherit; }
  button { font: inherit; cursor: pointer; }
  button:disabled { border-color: var(--line); color: var(--ink-quiet); cursor: default; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
`;

/** Registers the element; may be called once. */
export function defineDeskRating() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  customElements.define(
    'desk-rating',
    class extends HTMLElement {
      constructor() {
        super();
        const root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = [sheet];
        root.append(...createContent((stars) => this.#send(stars)));
      }

      #send(stars) {
        this.dispatchEvent(new CustomEvent('rating', { detail: { stars } }));
      }
    },
  );
}

function createContent(send) {
  let chosenStars = 0;
  const stars = Array.from({ length: STAR_COUNT }, (_, index) => {
    const label = index === 0 ? '1 star' : `${index + 1} stars`;
    const star = createElement(
      'button',
      { type: 'button', 'aria-label': label, 'aria-pressed': 'false' },
      '★',
    );
    star.addEventListener('click', () => choose(index + 1));
    return star;
  });
  const note = createElement('input', { id: 'rating-note', type: 'text', autocomplete: 'off' });
  const sendButton = createElement('button', { type: 'button', class: 'send', disabled: true }, 'Send');

  function choose(count) {
    chosenStars = count;
    stars.forEach((star, index) => {
      star.classList.toggle('lit', index < count);
      star.setAttribute('aria-pressed', String(index === count - 1));
    });
    sendButton.disabled = count === 0;
  }

  sendButton.addEventListener('click', () => {
    send(chosenStars);
    choose(0);
    note.value = '';
  });
  return [
    createElement('h2', {}, 'How was it handled?'),
    createElement('div', { class: 'stars', role: 'group', 'aria-label': 'Rating' }, ...stars),
    createElement('label', { for: 'rating-note' }, 'Rating note'),
    createElement('div', { class: 'row' }, note, sendButton),
  ];
}
