/**
 * The contestants' names in the results, in the order of the table.
 *
 * Apart from how they are opened, so that documents can be made without a browser.
 */
export const CONTESTANTS = [
  'proffer',
  'bare',
  'listening',
  'rrweb-light',
  'rrweb',
  'openreplay',
  'clarity',
  'sentry',
  'posthog',
] as const;
export type ContestantName = (typeof CONTESTANTS)[number];
