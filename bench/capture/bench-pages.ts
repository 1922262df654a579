/**
 * The pages that everybody is measured on: a form, the same form above 10,000 nodes that keep changing, and a page to
 * type in.
 *
 * Documents as text, served on loopback by the benchmark. Each counts the input it gets, so that a visit can
 * tell whether the session that was played is the one that arrived.
 */

export const PAGES = ['form', 'nodes', 'typing'] as const;
export type PageName = (typeof PAGES)[number];

/** What a page has counted. */
export interface PageCounts {
  clicks: number;
  keys: number;
  moves: number;
}

/** Fields to type in, controls to press: ids of elements, all in view before anything is scrolled. */
export const TARGETS = {
  fields: ['name', 'street', 'city', 'subject'],
  controls: ['urgent', 'copy', 'by-mail', 'by-phone', 'save', 'cancel', 'more'],
  editors: ['notes', 'letter'],
} as const;

const ROWS = 1250;
const NODES_PER_ROW = 8;
/** A hundred changes in a second: a busy dashboard, not a game. */
const CHANGES_PER_TICK = 10;
const TICK_MS = 100;

const COUNTING = `
  const counts = { clicks: 0, keys: 0, moves: 0 };
  // Not 'click': a label's gives a second one for its control.
  addEventListener('mouseup', (event) => (counts.clicks += event.button === 0 ? 1 : 0));
  addEventListener('click', () => {});
  addEventListener('keydown', () => counts.keys++);
  addEventListener('mousemove', () => counts.moves++);
  globalThis.bench = { counts: () => counts, isChanging: false };
`;

const STYLE = `
  body { margin: 0; font: 14px sans-serif; }
  main { padding: 16px; width: 1100px; }
  label { display: block; margin: 6px 0; }
  input[type=text], textarea { width: 300px; font: inherit; }
  .row { display: flex; gap: 8px; }
  .changed { color: #0a5; }
  #letter { border: 1px solid #888; height: 200px; width: 700px; overflow: auto; }
  #notes { width: 700px; height: 200px; }
  #scroller { height: 120px; width: 500px; overflow: auto; border: 1px solid #ccc; }
`;

const FORM = `
  <form onsubmit="return false">
    <h1>New request</h1>
    <label>Name <input type="text" id="name"></label>
    <label>Street <input type="text" id="street"></label>
    <label>City <input type="text" id="city"></label>
    <label>Subject <input type="text" id="subject"></label>
    <label><input type="checkbox" id="urgent"> Urgent</label>
    <label><input type="checkbox" id="copy"> Send me a copy</label>
    <fieldset><legend>Answer</legend>
      <label><input type="radio" name="answer" id="by-mail"> by mail</label>
      <label><input type="radio" name="answer" id="by-phone"> by phone</label>
    </fieldset>
    <label>Priority <select id="priority"><option>Low</option><option>High</option></select></label>
    <button type="button" id="save">Save</button> <button type="button" id="cancel">Cancel</button>
    <button type="button" id="more">More</button>
    <p id="status" role="status">Nothing saved yet.</p>
  </form>
  <div id="scroller">${'<p>A line in a list of its own that scrolls.</p>'.repeat(30)}</div>
  <script>
    let saved = 0;
    for (const id of ['save', 'cancel', 'more'])
      document.getElementById(id).addEventListener('click', () => {
        document.getElementById('status').textContent = 'Pressed ' + ++saved + ' times.';
      });
    for (const field of document.querySelectorAll('input[type=text]'))
      field.addEventListener('input', () => field.setAttribute('aria-invalid', String(field.value.length > 60)));
  </script>`;

/** Something to scroll on the form page too, without many nodes. */
const TALL = '<div style="height: 3000px"></div>';

const CHANGING = `
  <section id="list">${row().repeat(ROWS)}</section>
  <script>
    const list = document.getElementById('list');
    const rows = [...list.children];
    let turn = 0;
    setInterval(() => {
      if (!bench.isChanging) return;
      for (let change = 0; change < ${CHANGES_PER_TICK}; change++) {
        turn = (turn * 1103515245 + 12345) % 2147483648;
        const row = rows[turn % rows.length];
        if (change % 10 === 0) {
          list.append(row);
        } else {
          row.children[1].firstChild.nodeValue = 'amount ' + (turn % 9973);
          row.classList.toggle('changed');
        }
      }
    }, ${TICK_MS});
  </script>`;

const TYPING = `
  <h1>Letter</h1>
  <label for="notes">Notes</label><textarea id="notes"></textarea>
  <p>Text</p>
  <div id="letter" contenteditable="true" role="textbox" aria-label="Text"><p>Dear all,</p></div>`;

/** The whole document of a page; a pointer's page is empty but for the counting. */
export function pageDocument(name: PageName | 'pointer'): string {
  const body = {
    form: FORM + TALL,
    nodes: FORM + CHANGING,
    typing: TYPING,
    pointer: '<h1>Nothing to press</h1>',
  };
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench: ${name}</title>
<style>${STYLE}</style><script>${COUNTING}</script></head><body><main>${body[name]}</main></body></html>`;
}

/** A row of eight nodes: itself, three cells, their three texts, and a button without text. */
function row(): string {
  return '<div class="row"><span>entry</span><span>amount 0</span><span>open</span><button></button></div>';
}

/** For the documents: about how many nodes the large page has. */
export const LARGE_PAGE_NODES = ROWS * NODES_PER_ROW;
