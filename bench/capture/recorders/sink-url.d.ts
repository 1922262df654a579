/** Where a contestant sends what it records: put in when its script is bundled. */
declare const SINK_URL: string;
