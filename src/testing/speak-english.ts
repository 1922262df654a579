/**
 * Gives a unit test the texts of the interface in English, as a browser would: the fake one has none.
 */
import { browser } from 'wxt/browser';
import english from '../../public/_locales/en/messages.json';

export function speakEnglish(): void {
  browser.i18n.getUILanguage = () => 'en-GB';
  const getMessage = (name: keyof typeof english, substitutions: string[] = []) =>
    english[name].message.replaceAll(
      /\$(\d)/g,
      (_all, number: string) => substitutions[Number(number) - 1] ?? '',
    );
  browser.i18n.getMessage = getMessage as typeof browser.i18n.getMessage;
}
