/**
 * A picture as a tree, before it becomes a page's elements or text: what is drawn once is shown in both.
 *
 * Pure. Pages of the extension turn it into elements; the data team's pages and card into text by `svgMarkup`.
 */

/** One element of an SVG picture; a child that is a string is text. */
export interface SvgNode {
  tag: string;
  attributes: Readonly<Record<string, string | number>>;
  children: readonly (SvgNode | string)[];
}

export function svgNode(
  tag: string,
  attributes: SvgNode['attributes'] = {},
  children: SvgNode['children'] = [],
): SvgNode {
  return { tag, attributes, children };
}

/** The picture as markup, with all text and values escaped. */
export function svgMarkup({ tag, attributes, children }: SvgNode): string {
  const pairs = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escapeMarkup(valueText(value))}"`,
  );
  const inside = children.map((child) =>
    typeof child === 'string' ? escapeMarkup(child) : svgMarkup(child),
  );
  return `<${tag}${pairs.join('')}>${inside.join('')}</${tag}>`;
}

/** Hundredths of a unit are finer than any screen, and give the same text everywhere. */
function valueText(value: string | number): string {
  return typeof value === 'number' ? String(Number(value.toFixed(2))) : value;
}

function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
