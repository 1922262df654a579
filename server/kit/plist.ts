/**
 * Property lists: what macOS takes as configuration profiles.
 *
 * Runs where the install kit is written. Whatever a text holds, it never ends the element that it stands in.
 */

import { escapeXml } from '../escape-xml.ts';

export type PlistValue =
  string | number | boolean | readonly PlistValue[] | { readonly [key: string]: PlistValue };

/** A whole document. Numbers must be whole. */
export function createPlist(value: PlistValue): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${element(value, '')}
</plist>
`;
}

function element(value: PlistValue, indent: string): string {
  if (typeof value === 'string') return `${indent}<string>${escapeXml(value)}</string>`;
  if (typeof value === 'number') return `${indent}<integer>${value}</integer>`;
  if (typeof value === 'boolean') return `${indent}<${String(value)}/>`;
  const inner = `${indent}  `;
  const lines = isArray(value)
    ? value.map((item) => element(item, inner))
    : Object.entries(value).flatMap(([key, item]) => [
        `${inner}<key>${escapeXml(key)}</key>`,
        element(item, inner),
      ]);
  const tag = isArray(value) ? 'array' : 'dict';
  return [`${indent}<${tag}>`, ...lines, `${indent}</${tag}>`].join('\n');
}

/** `Array.isArray` does not know of arrays that are read only. */
function isArray(value: PlistValue): value is readonly PlistValue[] {
  return Array.isArray(value);
}
