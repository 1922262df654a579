/**
 * Where canaries are placed: everything that surrounds a control or can be read from a page, one piece of HTML each.
 *
 * Each piece is clicked, so that the recorder has reason to look at it.
 */
type Piece = (secret: string) => string;

const button = (attributes: string, text = 'Save') => `<button type="button" ${attributes}>${text}</button>`;

const PIECES = {
  // What names a control.
  'button text': (s) => button('', s),
  'known word beside': (s) => button('', `Save ${s}`),
  "person's name in a label": (s) => `<label>Notes about Dr. ${s} Jones <input></label>`,
  label: (s) => `<label>${s} <input></label>`,
  'aria-label': (s) => button(`aria-label="${s}"`),
  'aria-labelledby text': (s) => `<span id="by-${s}">${s}</span>${button(`aria-labelledby="by-${s}"`)}`,
  'aria-description': (s) => button(`aria-description="${s}"`),
  'aria-describedby text': (s) => `<span id="d-${s}">${s}</span>${button(`aria-describedby="d-${s}"`)}`,
  'aria-valuetext': (s) =>
    `<div role="slider" tabindex="0" aria-valuenow="3" aria-valuetext="${s}">slide</div>`,
  'aria-roledescription': (s) => button(`aria-roledescription="${s}"`),
  'aria-current': (s) => button(`aria-current="${s}"`),
  'aria-haspopup': (s) => button(`aria-haspopup="${s}"`),
  'aria-keyshortcuts': (s) => button(`aria-keyshortcuts="${s}"`),
  'title attribute': (s) => button(`title="${s}"`, ''),
  placeholder: (s) => `<input placeholder="${s}">`,
  'link text': (s) => `<a href="#here">${s}</a>`,
  'link address': (s) => `<a href="#/${s}">link</a>`,
  'link target': (s) =>
    `<a href="#there" target="_self" data-x="${s}" rel="${s}" download-as="${s}">link</a>`,
  'mail address': (s) => `<a href="mailto:${s}@example.com" onclick="return false">mail</a>`,
  'alt text': (s) => `<img width="30" height="30" alt="${s}" src="data:,">`,
  'image address': (s) => `<img width="30" height="30" alt="" src="/image-${s}.png">`,
  // Attributes and names.
  id: (s) => button(`id="${s}"`),
  class: (s) => button(`class="${s} btn-${s}"`),
  'data attribute': (s) => button(`data-note="${s}" data-testid="${s}" data-${s}="1"`),
  'attribute name': (s) => button(`${s}="1"`),
  'name attribute': (s) => `<input name="${s}">`,
  'role attribute': (s) => `<div role="${s}" tabindex="0">role</div>`,
  'role beside a known one': (s) => `<div role="${s} button" tabindex="0">role</div>`,
  'type attribute': (s) => `<input type="${s}">`,
  'button type': (s) => `<button type="${s}" form="none">type</button>`,
  'autocomplete section': (s) => `<input autocomplete="section-${s} shipping street-address">`,
  'autocomplete token': (s) => `<input autocomplete="${s}">`,
  'form name': (s) =>
    `<form name="${s}" action="/${s}" onsubmit="return false"><input><button>Send</button></form>`,
  'landmark name': (s) => `<section aria-label="${s}">${button('')}</section>`,
  'unknown element': (s) => `<${s} tabindex="0">unknown</${s}>`,
  'custom element': (s) => `<x-${s} tabindex="0" style="display:block">custom</x-${s}>`,
  'customized element': (s) => `<button type="button" is="x-${s}">is</button>`,
  'inline style': (s) => button(`style="--note:'${s}'"`),
  'CSS content': (s) => `<style>#css::after{content:"${s}"}</style>${button('id="css"', '')}`,
  'lang and dir': (s) => button(`lang="x-${s}" slot="${s}" part="${s}" itemprop="${s}" accesskey="${s[0]}"`),
  'inline handler': (s) => button(`onclick="void '${s}'"`),
  // Contents.
  heading: (s) => `<h2>${s}</h2>`,
  'table cell': (s) => `<table><tr><td>${s}</td></tr></table>`,
  'list item': (s) => `<ul><li tabindex="0">${s}</li></ul>`,
  option: (s) => `<select><option>One</option><option value="v-${s}">${s}</option></select>`,
  'option label': (s) => `<select size="2"><option label="${s}">x</option><option>Two</option></select>`,
  'option group': (s) => `<select><optgroup label="${s}"><option>One</option></optgroup></select>`,
  'datalist option': (s) =>
    `<input list="list-${s}"><datalist id="list-${s}"><option value="${s}"></datalist>`,
  'prefilled value': (s) => `<input value="${s}">`,
  'prefilled area': (s) => `<textarea>${s}</textarea>`,
  'submit value': (s) => `<form onsubmit="return false"><input type="submit" value="${s}"></form>`,
  'button value': (s) => `<input type="button" value="${s}">`,
  'reset value': (s) => `<form><input type="reset" value="${s}"></form>`,
  'image button': (s) =>
    `<form onsubmit="return false"><input type="image" alt="${s}" src="data:," width="30"></form>`,
  'checkbox value': (s) => `<input type="checkbox" value="${s}">`,
  'radio value': (s) => `<input type="radio" name="r-${s}" value="${s}">`,
  'hidden value': (s) =>
    `<form onsubmit="return false"><input type="hidden" value="${s}"><button>Send</button></form>`,
  output: (s) => `<output tabindex="0">${s}</output>`,
  meter: (s) => `<meter value="0.3" title="${s}" tabindex="0">${s}</meter>`,
  progress: (s) => `<progress value="0.3" title="${s}" tabindex="0">${s}</progress>`,
  'details and summary': (s) => `<details><summary>${s}</summary>${s}</details>`,
  'SVG text': (s) =>
    `<svg width="80" height="30" tabindex="0"><title>${s}</title><text y="20">${s}</text></svg>`,
  MathML: (s) => `<math tabindex="0"><mi>${s}</mi><mtext>${s}</mtext></math>`,
  'canvas text': (s) =>
    `<canvas width="80" height="30" data-text="${s}" tabindex="0">${s}</canvas><script>{const c=document.currentScript.previousElementSibling;c.getContext('2d').fillText(c.dataset.text,5,20)}</script>`,
  comment: (s) => `<!-- ${s} -->${button('')}`,
  template: (s) => `<template>${s}</template>${button('')}`,
  'script data': (s) => `<script type="application/json">{"x":"${s}"}</script>${button('')}`,
  'hidden text': (s) => button('', `<span hidden>${s}</span><span aria-hidden="true">${s}</span>Save`),
  'editable text': (s) => `<div contenteditable style="border:1px solid">${s}</div>`,
  'text of a non-Latin script': (s) => button('', s),
} satisfies Record<string, Piece>;

export type PlacedOnControl = keyof typeof PIECES;
/** Places that are a piece of the page. */
export const PLACED_ON_CONTROLS = Object.keys(PIECES) as PlacedOnControl[];

/** Each place in a box of its own, which can be found by its number. */
export function placedHtml(secrets: Record<PlacedOnControl, string>): string {
  return PLACED_ON_CONTROLS.map(
    (place, index) => `<div data-box="${index}">${PIECES[place](secrets[place])}</div>`,
  ).join('\n');
}
