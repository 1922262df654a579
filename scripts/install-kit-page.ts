/**
 * docs/install-kit.md: written by hand, but for the table of the kit's settings, which comes from the command.
 */
import { KIT_SETTINGS, settingsTable } from '../server/settings-table.ts';
import { withTable } from './operations-page.ts';

/** @param page as it is now. */
export function installKitPage(page: string): string {
  return withTable(page, 'settings of kit', settingsTable(KIT_SETTINGS));
}
