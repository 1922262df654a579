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
  // Names and descriptions in other words.
  'aria-placeholder': (s) =>
    `<div role="textbox" contenteditable aria-placeholder="${s}" data-placeholder="${s}" style="border:1px solid"></div>`,
  'aria-details text': (s) => `<span id="m-${s}">${s}</span>${button(`aria-details="m-${s}"`)}`,
  'aria-errormessage text': (s) =>
    `<span id="e-${s}">${s}</span><input aria-invalid="true" aria-errormessage="e-${s}">`,
  'aria-braillelabel': (s) => button(`aria-braillelabel="${s}" aria-brailleroledescription="${s}"`),
  'aria-rowindextext': (s) =>
    `<div role="grid"><div role="row" aria-rowindextext="${s}"><div role="gridcell" aria-colindextext="${s}" tabindex="0">${s}</div></div></div>`,
  'ids that aria names': (s) => button(`aria-owns="${s}" aria-controls="${s}" aria-flowto="${s}"`),
  'aria-activedescendant': (s) =>
    `<div role="listbox" tabindex="0" aria-activedescendant="a-${s}"><div role="option" id="a-${s}">${s}</div></div>`,
  'aria-relevant and live': (s) =>
    `<div aria-live="${s}" aria-relevant="${s}" aria-sort="${s}" tabindex="0">${s}</div>`,
  'unknown aria attribute': (s) => button(`aria-${s}="${s}" aria-checked="${s}" aria-expanded="${s}"`),
  'known word run on': (s) => button('', `Save\u200b${s}`),
  'known word in pieces': (s) => button('', `<b>SA</b>VE<i>…</i> <i>${s}</i>`),
  'role in capitals': (s) => `<div role="BUTTON-${s} LINK" tabindex="0">role</div>`,
  'tree item': (s) => `<ul role="tree"><li role="treeitem" tabindex="0">${s}</li></ul>`,
  tab: (s) => `<div role="tablist"><div role="tab" tabindex="0" id="t-${s}">${s}</div></div>`,
  'menu item': (s) =>
    `<div role="menu"><div role="menuitemradio" aria-checked="true" tabindex="0">${s}</div></div>`,
  'switch label': (s) => `<label><input type="checkbox" role="switch" checked>${s}</label>`,
  'combobox value': (s) => `<input role="combobox" aria-autocomplete="${s}" value="${s}">`,
  'chosen option': (s) => `<select name="${s}"><option value="${s}" selected>Save</option></select>`,
  // Numbers where a page may write any.
  'digits in a size': (s) =>
    `<div style="width:90px;height:30px;overflow:hidden"><div style="width:${s}px;height:${s}px" tabindex="0">wide</div></div>`,
  'digits in aria values': (s) =>
    `<div role="slider" tabindex="0" aria-valuenow="${s}" aria-valuemax="${s}" aria-level="${s}" aria-posinset="${s}" aria-setsize="${s}">slide</div>`,
  'digits in a meter': (s) => `<meter value="${s}" max="${s}" high="${s}" tabindex="0"></meter>`,
  'digits in limits': (s) =>
    `<input type="number" min="${s}" step="${s}" maxlength="${s}" size="20" value="${s}">`,
  'digits in a table': (s) => `<table><tr><td colspan="${s}" tabindex="0">cell</td></tr></table>`,
  'digits in an order': (s) => `<ol start="${s}"><li value="${s}" tabindex="${s}">item</li></ol>`,
  // Elements that carry text in attributes.
  'time of an element': (s) => `<time datetime="${s}" tabindex="0">then</time>`,
  'data element': (s) => `<data value="${s}" tabindex="0">data</data>`,
  'abbreviation and quote': (s) => `<q cite="#${s}"><abbr title="${s}">abbr</abbr></q>`,
  'fieldset and legend': (s) => `<fieldset name="${s}"><legend>${s}</legend><input></fieldset>`,
  'table caption': (s) =>
    `<table summary="${s}"><caption>${s}</caption><tr><th abbr="${s}" headers="${s}">${s}</th></tr></table>`,
  'object and embed': (s) =>
    `<object data="data:text/plain,${s}" type="text/plain" name="${s}" width="60" height="30">${s}</object>`,
  'video and track': (s) =>
    `<video width="60" height="30" title="${s}" poster="data:,${s}" controls><track label="${s}">${s}</video>`,
  'image map': (s) =>
    `<map name="${s}"><area alt="${s}" href="#${s}" shape="default"></map><img usemap="#${s}" width="30" height="30" alt="" src="data:,">`,
  'dialog in the page': (s) =>
    `<dialog open id="dialog-${s}" aria-label="${s}" style="position:static"><button>Close</button>${s}</dialog>`,
  popover: (s) => `<div popover id="p-${s}">${s}</div>${button(`popovertarget="p-${s}" interestfor="${s}"`)}`,
  'named details': (s) => `<details name="${s}"><summary>More</summary>${s}</details>`,
  'download name': (s) =>
    `<a href="data:," download="${s}.txt" ping="#${s}" onclick="return false">download</a>`,
  'field rules': (s) =>
    `<input pattern="${s}" title="${s}" dirname="${s}" form="${s}" inputmode="${s}" enterkeyhint="${s}">`,
  'upload rules': (s) =>
    `<input type="file" accept=".${s}" name="${s}" capture="${s}" onclick="return false">`,
  'SVG link': (s) =>
    `<svg width="80" height="30" id="${s}" class="${s}"><a href="#${s}" aria-label="${s}"><text y="20" tabindex="0">${s}</text></a><desc>${s}</desc></svg>`,
  'SVG with HTML': (s) =>
    `<svg width="80" height="30"><foreignObject width="80" height="30"><button>${s}</button></foreignObject></svg>`,
  'MathML text': (s) =>
    `<math alttext="${s}" tabindex="0"><semantics><mi>x</mi><annotation>${s}</annotation></semantics></math>`,
  microdata: (s) => button(`itemscope itemtype="urn:${s}" itemid="urn:${s}" property="${s}" typeof="${s}"`),
  'style names': (s) =>
    button(
      `style="--${s}:1;font-family:'${s}';animation-name:${s};view-transition-name:${s};anchor-name:--${s};background:url(data:,${s})"`,
    ),
  'open shadow text': (s) =>
    `<div><template shadowrootmode="open"><button aria-label="${s}"><slot name="${s}">${s}</slot></button></template></div>`,
  'slotted text': (s) =>
    `<div><template shadowrootmode="open"><button><slot></slot></button></template>Save ${s}</div>`,
  'closed shadow label': (s) =>
    `<div><template shadowrootmode="closed"><button aria-label="${s}" id="${s}">${s}</button></template></div>`,
  'editable link': (s) =>
    `<div contenteditable style="border:1px solid"><a href="#${s}" title="${s}">${s}</a></div>`,
  'editable item': (s) =>
    `<div role="tree"><div role="treeitem" contenteditable tabindex="0">${s}</div></div>`,
  'result of a form': (s) =>
    `<label><output name="${s}" for="${s}">${s}</output><input type="checkbox"></label>`,
  'attribute of a namespace': (s) =>
    `<svg width="80" height="30" xlink:title="${s}" xml:lang="${s}" tabindex="0"></svg>`,
  'element of a namespace': (s) =>
    `<div tabindex="0">xml<script>{const e=document.createElementNS('urn:${s}','${s}:${s}');e.setAttribute('role','${s}');e.textContent='${s}';document.currentScript.replaceWith(e)}</script></div>`,
  'strangely named element': (s) => `<constructor tabindex="0" title="${s}">${s}</constructor>`,
  'form that hides its own': (s) =>
    `<form onsubmit="return false"><input name="role" value="${s}"><input name="type" value="${s}"><input name="size" value="${s}"></form>`,
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
