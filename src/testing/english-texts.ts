/**
 * For tests of what a person reads: the texts as an English browser gives them, since the fake browser has none.
 */
import { vi } from 'vitest';
import { browser } from 'wxt/browser';
import english from '../../public/_locales/en/messages.json';

/** Before each test: mocks are taken back after it. */
export function useEnglishTexts(): void {
  const messageOf = (name: string, substitutions: string | string[] = []) =>
    (english as Record<string, { message: string }>)[name]!.message.replace(
      /\$(\d)/g,
      (_placeholder, digit: string) => [substitutions].flat()[Number(digit) - 1] ?? '',
    );
  vi.spyOn(browser.i18n, 'getMessage').mockImplementation(messageOf);
  vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue('en-GB');
}
