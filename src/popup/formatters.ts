/**
 * The browser's own formatters of numbers and times, each made once.
 *
 * Runs in the extension's own pages. Making one takes longer than drawing a row of a list; a page that shows hundreds of
 * times would else spend most of its opening on it. What is kept depends on nothing but what is asked for.
 */
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

export function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return once('number', language, options, () => new Intl.NumberFormat(language, options));
}

export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once('date', language, options, () => new Intl.DateTimeFormat(language, options));
}

function once<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
  what: 'number' | 'date',
  language: string,
  options: object,
  make: () => Format,
): Format {
  const name = JSON.stringify([what, language, options]);
  const known = made.get(name) as Format | undefined;
  if (known !== undefined) return known;
  const format = make();
  made.set(name, format);
  return format;
}
