/**
 * Where a contestant sends what it records: put in as text when its script is bundled, always an address on loopback.
 *
 * Types only; nothing of it runs.
 */
declare const SINK_URL: string;
