/**
 * The words of the extension's own pages, in the language of the browser.
 *
 * Runs in the extension's own pages. All text that a person reads comes from `public/_locales`; names of texts are
 * checked by the compiler. Must never hold a sentence itself.
 */
import { browser } from 'wxt/browser';
import { numberFormat } from './formatters.ts';
import type messages from '../../public/_locales/en/messages.json';

/** The name of one text in `public/_locales/en/messages.json`. */
export type TextName = keyof typeof messages;

/** The text in the browser's language, `$1` to `$9` filled in; numbers are written as that language writes them. */
export function t(name: TextName, ...substitutions: (string | number)[]): string {
  const texts = substitutions.map((value) => (typeof value === 'number' ? formatNumber(value) : value));
  return (browser.i18n.getMessage as (name: string, substitutions: string[]) => string)(name, texts);
}

/** The language the texts are in, with the person's region where it fits: how numbers and times are written. */
export function displayLanguage(): string {
  return (displayed ??= findDisplayLanguage());
}

/** It cannot change while a page is open, and is asked for with every number. */
let displayed: string | undefined;

function findDisplayLanguage(): string {
  const language = t('languageTag');
  const preferred = browser.i18n.getUILanguage();
  return preferred.startsWith(language) ? preferred : language;
}

export function formatNumber(value: number): string {
  return numberFormat(displayLanguage(), { maximumFractionDigits: 2 }).format(value);
}
