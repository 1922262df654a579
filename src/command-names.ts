/**
 * The keyboard shortcuts by the names that the manifest gives them.
 *
 * Plain constants, for the manifest, the background and the popup. A shortcut never gives consent.
 */
export const COMMANDS = {
  openPopup: '_execute_action',
  pauseBriefly: 'pause-briefly',
  pauseOrResume: 'pause-or-resume',
} as const;
export type CommandName = (typeof COMMANDS)[keyof typeof COMMANDS];
