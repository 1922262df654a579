/**
 * The permissions of the extension, each with what it is for: the manifest, docs/permissions.md and the compliance pack are
 * made from this list, so that no permission can be asked for without a reason.
 */

export const PERMISSIONS = {
  storage: {
    whatFor:
      "The person's decision and receipts; reading the charter from managed policy. Content scripts are shut out of it.",
    without: 'Nothing could be remembered.',
  },
  unlimitedStorage: {
    whatFor: 'What rests on the device for review must not be evicted by the browser.',
    without: 'Held data could vanish unseen.',
  },
  alarms: {
    whatFor: 'Ends a pause, releases what has rested long enough, sends.',
    without: 'A stopped worker would never send.',
  },
  scripting: {
    whatFor: "Registers the recorder for the charter's apps after consent, and only then.",
    without: 'The recorder would have to stand in the manifest and run before consent.',
  },
} as const;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

/** What extensions often ask for, and this one does not. */
export const NOT_ASKED_FOR = [
  '<all_urls>',
  'tabs',
  'webNavigation',
  'webRequest',
  'history',
  'cookies',
  'identity',
  'nativeMessaging',
  'externally_connectable',
] as const;

/** What Firefox is told that is collected (`data_collection_permissions`). */
export const FIREFOX_DATA_COLLECTION = ['websiteActivity'] as const;
