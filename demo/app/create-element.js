/**
 * The two ways in which the demo work app makes elements: from a template of `index.html`, or one by one.
 * Runs in the page. Never parses HTML from text, so nothing that is typed can become markup.
 */

/** A fresh copy of the template with this id. */
export function cloneTemplate(id) {
  return document.getElementById(id).content.cloneNode(true);
}

/** An element with attributes (true sets an empty one, false and undefined none) and child nodes or texts. */
export function createElement(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** Fills a select with one option per text, choosing `selected`. */
export function fillSelect(select, texts, selected) {
  select.replaceChildren(...texts.map((text) => new Option(text, text, false, text === selected)));
}
