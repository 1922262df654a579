/**
 * The pages full of canaries: in every kind of field, in addresses, frames and documents, and in everything that
 * surrounds a control.
 */
import type { Canaries, Script } from './canaries.ts';
import { PLACED_ON_CONTROLS, placedHtml, type PlacedOnControl } from './canary-places.ts';
import { servePages, type Served } from './serve-pages.ts';

/** Places around the page whose secret is there before anybody touches it. */
export const PLACED_AROUND = [
  'path', 'query', 'hash', 'title', 'meta description', 'cookie', 'local storage', 'window name', 'history state',
  'pushed path', 'pushed query', 'replaced path', 'changed hash', 'console', 'frame path', 'frame query', 'frame name',
  'frame title', 'srcdoc frame', 'blob frame', 'message between frames', 'fetched address', 'PDF path', 'PDF text',
  'closed shadow text', 'opened window', 'session storage', 'page database', 'custom event', 'broadcast',
  'root attributes', 'canonical address', 'hash route', 'navigation state', 'alert text',
] as const; // prettier-ignore

/** Places whose secret is typed or brought in. */
export const TYPED = [
  'text', 'search', 'email', 'url', 'tel', 'number', 'date', 'datetime-local', 'month', 'week', 'time', 'textarea',
  'contenteditable', 'textbox role', 'frame field', 'srcdoc field', 'open shadow field', 'closed shadow field',
  'focus inside closed shadow', 'PDF field', 'very long', 'cyrillic', 'han', 'arabic', 'accented', 'emoji',
  'input method', 'dead keys', 'dictated', 'replacement text', 'set by a script', 'autofilled name', 'autofilled city',
  'dragged', 'dropped as data', 'copied', 'cut', 'pasted', 'put on the clipboard', 'file name', 'file content',
  'dropped file name', 'dropped file content', 'prompt answer',
] as const; // prettier-ignore

/** Secrets of fields that must give nothing at all, on a page that is recorded for the rest. */
export const NAMED_SECRET = [
  'named password',
  'named pin',
  'labelled token',
  'ignored region',
  'masked field',
  'joined name',
  'text before',
  'component label',
  'dotted placeholder',
] as const;
/** And of pages that must give nothing at all. */
export const SENSITIVE = [
  'password',
  'password shown',
  'new password',
  'one-time code',
  'split code',
  'card number',
  'card holder',
] as const;

export type Place =
  | PlacedOnControl
  | (typeof PLACED_AROUND)[number]
  | (typeof TYPED)[number]
  | (typeof NAMED_SECRET)[number]
  | (typeof SENSITIVE)[number];
export const PLACES: readonly Place[] = [
  ...PLACED_ON_CONTROLS,
  ...PLACED_AROUND,
  ...TYPED,
  ...NAMED_SECRET,
  ...SENSITIVE,
];

/** Secrets that are not of Latin letters. */
export const SCRIPTS: Partial<Record<Place, Script>> = {
  tel: 'digits',
  number: 'digits',
  date: 'date',
  'datetime-local': 'date',
  'very long': 'long',
  cyrillic: 'cyrillic',
  han: 'han',
  arabic: 'arabic',
  accented: 'accented',
  emoji: 'emoji',
  'input method': 'han',
  'card number': 'digits',
  'text of a non-Latin script': 'cyrillic',
  'digits in a size': 'digits',
  'digits in aria values': 'digits',
  'digits in a meter': 'digits',
  'digits in limits': 'digits',
  'digits in a table': 'digits',
  'digits in an order': 'digits',
};

const INPUT_TYPES =
  'text search email url tel number date datetime-local month week time color range file'.split(' ');

export interface CanaryPage {
  origin: string;
  /** Address of the page that is recorded, canaries in it. */
  url: string;
  pdfUrl: string;
  close(): Promise<void>;
}

export async function openCanaryPage(secrets: Canaries<Place>): Promise<CanaryPage> {
  const pages = await servePages((path): Served => {
    if (path.endsWith('.pdf')) return { type: 'application/pdf', body: pdfWith(secrets['PDF text']) };
    if (path.startsWith('/frame')) return frameHtml(secrets['frame title']);
    if (path.startsWith('/vault')) return vaultHtml(path.slice('/vault/'.length));
    return pageHtml(secrets);
  });
  return {
    origin: pages.origin,
    url: `${pages.origin}/${secrets.path}/view?q=${secrets.query}#${secrets.hash}`,
    pdfUrl: `${pages.origin}/${secrets['PDF path']}.pdf`,
    close: () => pages.close(),
  };
}

function pageHtml(secrets: Canaries<Place>): string {
  const box = 'style="min-height:2em;border:1px solid"';
  return `<!doctype html><html lang="en" class="${secrets['root attributes']}" data-user="${secrets['root attributes']}"><head><title>${secrets.title}</title>
<link rel="canonical" href="/${secrets['canonical address']}">
<meta name="description" content="${secrets['meta description']}"></head>
<body><main>
<form onsubmit="return false">${INPUT_TYPES.map((type) => `<input id="${type}" type="${type}">`).join('')}
<textarea id="textarea"></textarea></form>
<form onsubmit="return false"><input id="fill-name" autocomplete="name"><input id="fill-city" autocomplete="address-level2">
<input autocomplete="street-address"><input autocomplete="email"></form>
<div id="contenteditable" contenteditable ${box}></div>
<div id="textbox" role="textbox" contenteditable tabindex="0" ${box}></div>
<input id="paste"><textarea id="drop"></textarea><p id="drag" draggable="true">drag me</p>
<p id="dropzone" ondragover="event.preventDefault()" ondrop="event.preventDefault()">drop files here</p>
<input id="named" name="user-password-again"><input id="pin" data-testid="user-pin">
<label>API token <input id="token"></label><section data-proffer-ignore><input id="ignored"></section>
<input id="masked" style="-webkit-text-security:disc">
<input id="joined" name="newpassword"><p>Security code: <input id="before"></p>
<x-open id="component" label="Access token"></x-open><p>free</p><input id="dotted" placeholder="••••••"><p>free</p>
${placedHtml(secrets)}
<x-open id="open"></x-open><x-closed id="closed" tabindex="0"></x-closed><x-plain id="plain"></x-plain>
<iframe id="frame" name="${secrets['frame name']}" src="/frame/${secrets['frame path']}?q=${secrets['frame query']}"></iframe>
<iframe id="srcdoc" srcdoc="<p>${secrets['srcdoc frame']}</p><input id='inside'>"></iframe>
<iframe id="blob"></iframe>
<iframe id="pdf" src="/${secrets['PDF path']}.pdf" width="400" height="200"></iframe>
<h1 id="end">end</h1></main>
<script>
for (const [name, mode] of [['x-open', 'open'], ['x-closed', 'closed'], ['x-plain', 'closed']]) {
  customElements.define(name, class extends HTMLElement {
    constructor() { super(); this.attachShadow({ mode }).innerHTML = '<input><p>${secrets['closed shadow text']}</p>'; }
  });
}
document.cookie = 'note=${secrets.cookie}';
localStorage.note = '${secrets['local storage']}';
sessionStorage.note = '${secrets['session storage']}';
indexedDB.open('${secrets['page database']}');
document.dispatchEvent(new CustomEvent('${secrets['custom event']}', { detail: '${secrets['custom event']}' }));
new BroadcastChannel('${secrets.broadcast}').postMessage('${secrets.broadcast}');
window.name = '${secrets['window name']}';
console.log('${secrets.console}'); console.error('${secrets.console}');
history.replaceState({ note: '${secrets['history state']}' }, '');
fetch('/data/${secrets['fetched address']}');
document.getElementById('blob').src = URL.createObjectURL(new Blob(['<p>${secrets['blob frame']}</p>'], { type: 'text/html' }));
document.getElementById('frame').onload = () => frames[0].postMessage('${secrets['message between frames']}', '*');
document.getElementById('drag').ondragstart = (event) => event.dataTransfer.setData('text/plain', '${secrets['dropped as data']}');
document.getElementById('end').oncopy = (event) => { event.clipboardData.setData('text/plain', '${secrets['put on the clipboard']}'); event.preventDefault(); };
</script></body></html>`;
}

function frameHtml(title: string): string {
  return `<!doctype html><title>${title}</title><body><input id="inside" aria-label="inside frame">
<script>onmessage = (event) => parent.postMessage('back ' + event.data, '*')</script>`;
}

/** One sensitive field on an otherwise ordinary page. */
function vaultHtml(kind: string): string {
  const fields: Record<string, string> = {
    password: '<input id="secret" type="password">',
    shown: `<input id="secret" type="password"><button id="show" onclick="document.getElementById('secret').type = 'text'">Show</button>`,
    new: '<input id="secret" autocomplete="new-password">',
    code: '<input id="secret" autocomplete="one-time-code">',
    split: '<input maxlength="1" inputmode="numeric" oninput="this.nextElementSibling?.focus()">'.repeat(6),
    card: '<input id="name" autocomplete="cc-name"><input id="secret" autocomplete="cc-number"><input autocomplete="cc-exp"><input autocomplete="cc-csc">',
  };
  return `<!doctype html><title>account</title><body><h1>Account</h1><button id="plain">Save</button><input id="text">
<form onsubmit="return false">${fields[kind] ?? ''}<button id="send">Send</button></form>`;
}

/** The smallest document that a viewer shows. */
function pdfWith(text: string): string {
  const content = `BT /F1 18 Tf 40 100 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Title (${text}) >>`,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return `${file}${table}trailer << /Size ${size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${file.length}\n%%EOF`;
}
