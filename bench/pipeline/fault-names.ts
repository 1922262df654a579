/**
 * The faults by name, in the order in which they are told. Pure.
 */

/** What the relay does to a request. */
export const NETWORK_FAULTS = [
  'refused',
  'reset-halfway',
  'response-lost',
  'too-many-requests',
  'unavailable',
  'stall',
  'truncated-answer',
  'garbage-answer',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export const FAULTS = [
  'worker-stopped',
  'renderer-crash',
  'browser-killed',
  'extension-reloaded',
  'extension-updated',
  'server-killed',
  ...NETWORK_FAULTS,
  'disk-full',
  'consent-withdrawn',
  'clock-moved',
] as const;
export type FaultName = (typeof FAULTS)[number];
