/**
 * What element keys are made of, in a real browser: places of controls, and nothing of what fills a page.
 *
 * Runs the capture code alone (`capture-page.ts`).
 */
import { expect, test, ofKind, openCapturePage } from './capture-page.ts';

const filled = (rows: number, notes: number) => `<!doctype html><body>
  <nav><ul><li><a href="#a">Desk</a></li><li><a href="#b">Mail</a></li></ul></nav>
  <main>
    <table>${'<tbody><tr><td>x</td><td><button>Open</button></td></tr></tbody>'.repeat(rows)}</table>
    <ul>${'<li><button>Read</button></li>'.repeat(notes)}</ul>
    <div>${'<div><button>Card</button></div>'.repeat(25)}</div>
    <div><div><button>Save</button></div><div><button>Cancel</button></div></div>
  </main></body>`;

async function structures(context: Parameters<typeof openCapturePage>[0], body: string, names: string[]) {
  const capture = await openCapturePage(context, { pages: { '/': body } });
  for (const name of names) {
    const [text, index] = name.split(' ');
    await capture.page
      .getByText(text!, { exact: true })
      .nth(Number(index ?? 0))
      .click();
    await capture.page.waitForTimeout(700);
  }
  await capture.steps();
  return ofKind(capture, 'step')
    .filter(({ action }) => action === 'click')
    .map(({ target }) => target!.structure);
}

test(
  'rows, items and members of long lists are one place each, however many there are',
  { tag: '@firefox' },
  async ({ context }) => {
    const clicked = ['Open 0', 'Open 4', 'Read 0', 'Read 2', 'Card 0', 'Card 17'];
    const many = await structures(context, filled(6, 3), clicked);
    expect(new Set(many).size).toBe(3);
    const few = await structures(context, filled(1, 1), ['Open', 'Read', 'Card 3']);
    expect(few).toEqual([many[0], many[2], many[4]]);
  },
);

test(
  'controls that the app itself has side by side are told apart',
  { tag: '@firefox' },
  async ({ context }) => {
    const found = await structures(context, filled(1, 1), ['Desk', 'Mail', 'Save', 'Cancel']);
    expect(new Set(found).size).toBe(4);
  },
);
