/**
 * `<desk-secret>`: one text field in a closed shadow root, which no script outside can look into.
 * Runs in the page. Never shows its input to the page except as the value of its form.
 */
import { createElement } from './create-element.js';

const STYLES = `
  :host { display: block; }
  label { display: block; margin-bottom: 4px; font-weight: 500; }
  input { box-sizing: border-box; width: 100%; height: 36px; padding: 0 10px; border: 1px solid var(--line-strong); border-radius: 6px; background: #fff; color: inherit; font: inherit; }
  input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
`;

/** Registers the element; may be called once. */
export function defineDeskSecret() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  customElements.define(
    'desk-secret',
    class extends HTMLElement {
      static formAssociated = true;
      #internals = this.attachInternals();
      #root = this.attachShadow({ mode: 'closed', delegatesFocus: true });

      connectedCallback() {
        const input = createElement('input', { id: 'secret', type: 'text', autocomplete: 'off' });
        input.addEventListener('input', () => this.#internals.setFormValue(input.value));
        const label = createElement('label', { for: 'secret' }, this.getAttribute('label') ?? 'Secret');
        this.#root.adoptedStyleSheets = [sheet];
        this.#root.replaceChildren(label, input);
      }
    },
  );
}
