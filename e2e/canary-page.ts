/**
 * A page full of canaries: in every kind of field, in its address, and in everything that surrounds a control.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Canaries } from './canaries.ts';

/** Places whose secret the page holds before anybody touches it. */
export const PLACED = [
  'path', 'query', 'hash', 'title', 'heading', 'id', 'class', 'data attribute', 'aria-label', 'alt text', 'title attribute',
  'placeholder', 'button text', 'link text', 'link address', 'label', 'option', 'table cell', 'custom element', 'prefilled value',
  'frame path', 'frame query', 'pushed path', 'image address', 'name attribute', 'datalist option', 'aria-description',
] as const; // prettier-ignore

/** Places whose secret is typed in. */
export const TYPED = [
  'text', 'search', 'email', 'url', 'tel', 'password', 'textarea', 'contenteditable', 'textbox role', 'frame field',
  'open shadow field', 'closed shadow field', 'ignored region', 'one-time code', 'password shown', 'named password',
  'card number', 'file name', 'pasted',
] as const; // prettier-ignore

export type Place = (typeof PLACED)[number] | (typeof TYPED)[number];

export interface CanaryPage {
  origin: string;
  /** Address of the page, canaries in it. */
  url: string;
  close(): Promise<void>;
}

export async function openCanaryPage(secrets: Canaries<Place>): Promise<CanaryPage> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url!.startsWith('/frame') ? frameHtml() : pageHtml(secrets));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/${secrets.path}/view?q=${secrets.query}#${secrets.hash}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pageHtml(secrets: Canaries<Place>): string {
  return `<!doctype html><html lang="en"><head><title>${secrets.title}</title></head>
<body class="${secrets.class}">
<main id="${secrets.id}" data-note="${secrets['data attribute']}">
<h1>${secrets.heading}</h1>
<form onsubmit="return false">
  <label>${secrets.label} <input id="text" name="${secrets['name attribute']}"></label>
  <input id="search" type="search" placeholder="${secrets.placeholder}">
  <input id="email" type="email"><input id="url" type="url"><input id="tel" type="tel">
  <input id="password" type="password">
  <input id="shown" type="password">
  <input id="named" name="user-password-again">
  <input id="otp" autocomplete="one-time-code"><input id="card" autocomplete="cc-number">
  <input id="prefilled" value="${secrets['prefilled value']}">
  <input id="listed" list="options"><datalist id="options"><option value="${secrets['datalist option']}"></datalist>
  <textarea id="textarea"></textarea>
  <select id="select"><option>One</option><option>${secrets.option}</option></select>
  <input id="file" type="file">
</form>
<div id="contenteditable" contenteditable style="min-height:2em;border:1px solid"></div>
<div id="textbox" role="textbox" contenteditable tabindex="0" style="min-height:2em;border:1px solid"></div>
<section data-proffer-ignore><input id="ignored"></section>
<button id="button" aria-description="${secrets['aria-description']}">${secrets['button text']}</button>
<button id="labelled" aria-label="${secrets['aria-label']}" title="${secrets['title attribute']}">Save</button>
<a id="link" href="#/${secrets['link address']}">${secrets['link text']}</a>
<img id="image" width="40" height="40" alt="${secrets['alt text']}" src="/image-${secrets['image address']}.png">
<table><tr><td id="cell">${secrets['table cell']}</td></tr></table>
<x-${secrets['custom element']} id="custom" style="display:block">custom</x-${secrets['custom element']}>
<x-open id="open"></x-open><x-closed id="closed"></x-closed>
<iframe id="frame" src="/frame/${secrets['frame path']}?q=${secrets['frame query']}"></iframe>
</main>
<script>
for (const [name, mode] of [['x-open', 'open'], ['x-closed', 'closed']]) {
  customElements.define(name, class extends HTMLElement {
    constructor() { super(); this.attachShadow({ mode }).innerHTML = '<input aria-label="inside ' + mode + '">'; }
  });
}
document.getElementById('button').onclick = () => history.pushState({}, '', '/${secrets['pushed path']}/edit');
document.getElementById('labelled').onclick = () => { document.getElementById('shown').type = 'text'; };
</script></body></html>`;
}

function frameHtml(): string {
  return '<!doctype html><title>frame</title><body><input id="inside" aria-label="inside frame"></body>';
}
