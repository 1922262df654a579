/**
 * The goals that capture set itself, and what the last results say of them.
 *
 * Pure. A goal that is not met is said like one that is.
 */
import { PAGES } from './bench-pages.ts';
import type { PointerSamples } from './pointer-samples.ts';
import type { CaptureResults } from './results.ts';

export interface GoalCheck {
  goal: string;
  measured: string;
  isMet: boolean;
}

/** Empty where the product was not measured; goals beside a peer need that peer. */
export function checkGoals({ contestants }: CaptureResults, pointer: PointerSamples): GoalCheck[] {
  const { proffer, bare, 'rrweb-light': light } = contestants;
  if (proffer === undefined) return [];
  const atMost = (goal: string, value: number, limit: number, digits = 0): GoalCheck => ({
    goal,
    measured: value.toLocaleString('en', { maximumFractionDigits: digits }),
    isMet: value <= limit,
  });
  const shareOfLight = (of: 'selfMsPerMinute' | 'wireBytesPerMinute') =>
    Math.max(...PAGES.map((page) => proffer.pages[page][of] / light!.pages[page][of]));
  return [
    atMost('script time: at most 50 ms per minute on each page', proffer.selfMsPerMinute, 50),
    ...(light
      ? [
          atMost(
            'script time: at most 0.4 of rrweb-light on each page',
            shareOfLight('selfMsPerMinute'),
            0.4,
            2,
          ),
        ]
      : []),
    atMost('long tasks added: none', proffer.longTasksAdded, 0),
    atMost('wire: at most 2,500 bytes per minute on each page', proffer.wireBytesPerMinute, 2500),
    ...(light
      ? [atMost('wire: at most half of rrweb-light on each page', shareOfLight('wireBytesPerMinute'), 0.5, 2)]
      : []),
    atMost(
      'a pointer sample at `linked`: at most 2.0 bytes, envelope included',
      pointer.bytesPerSample,
      2,
      2,
    ),
    atMost(
      'content scripts: at most 16 kB gzip’d (recorder 10, vocabulary 6)',
      proffer.bundleGzipBytes,
      16_000,
    ),
    ...(bare
      ? [atMost('heap: at most 200 KiB above an empty content script', proffer.heapKiB - bare.heapKiB, 200)]
      : []),
    atMost('click, all its events, median: at most 0.15 ms', proffer.clickP50Ms, 0.15, 3),
    atMost('pointer move, median: at most 0.05 ms', proffer.mousemoveP50Ms, 0.05, 3),
    atMost(
      'the 10,000-node page: at most 1.2 times the form',
      proffer.pages.nodes.selfMsPerMinute / proffer.pages.form.selfMsPerMinute,
      1.2,
      2,
    ),
  ];
}
