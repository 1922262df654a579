/**
 * The hosts that the browser itself lets the extension reach; it is kept out of all others.
 *
 * Runs where the install kit is written. In Chrome's and Edge's policy a host that is allowed wins over one that is blocked, and
 * patterns have no paths. So no place that is never recorded may be among the allowed, not even by a wildcard.
 */
import type { Charter } from '../../src/charter/charter.ts';
import { coversWholeHosts, hostPattern, isInside, originsOverlap } from '../../src/charter/match-pattern.ts';
import { SENSITIVE_PATTERNS } from '../../src/charter/sensitive-places.ts';

/** Chrome reads no more. */
export const MAX_ALLOWED_HOSTS = 100;
const MAX_NAMED = 5;

export interface AllowedHosts {
  /** As policies name hosts: scheme, host and port. Sorted. */
  hosts: string[];
  /** Of the apps: patterns that lie wholly inside a place that is never recorded. */
  leftOut: string[];
}

/**
 * The hosts of the charter's apps and its collector.
 *
 * @throws Error that names both when a pattern overlaps a place that is never recorded, or says how many are too many.
 */
export function findAllowedHosts(charter: Charter): AllowedHosts {
  const never = [...SENSITIVE_PATTERNS, ...charter.neverRecord].filter(coversWholeHosts);
  const collector = new URL(charter.collectorUrl);
  const collectorHost = `${collector.protocol}//${collector.host}`;
  const ofCollector = never
    .filter((place) => originsOverlap(`${collectorHost}/*`, place))
    .map(
      (place) =>
        `collectorUrl: ${charter.collectorUrl} is in ${place}, which is never recorded; the browser must let the extension send there and so cannot also keep it out`,
    );
  if (ofCollector.length > 0)
    throw new Error(sayAll(ofCollector, 'Name the hosts that are never recorded one by one.'));

  const hosts = new Set([collectorHost]);
  const leftOut: string[] = [];
  const faults: string[] = [];
  for (const { label, matches } of charter.apps) {
    for (const pattern of matches) {
      const rest = splitScheme(pattern).filter((part) => !never.some((place) => isInside(part, place)));
      if (rest.length === 0) leftOut.push(pattern);
      const overlapped = never.filter((place) => rest.some((part) => originsOverlap(part, place)));
      faults.push(
        ...overlapped.map((place) => `apps.${label}: ${pattern} overlaps ${place}, which is never recorded`),
      );
      // Chrome refuses a whole policy in which a pattern has a port and no scheme.
      const isWhole = rest.length === splitScheme(pattern).length && !/:\d+$/.test(hostPattern(pattern));
      for (const part of isWhole ? [pattern] : rest) hosts.add(hostPattern(part));
    }
  }
  if (faults.length > 0)
    throw new Error(sayAll(faults, 'Name the hosts of the app one by one instead of a wildcard.'));
  const needed = withoutContained([...hosts]);
  if (needed.length > MAX_ALLOWED_HOSTS) {
    throw new Error(
      `apps: need ${needed.length} different hosts, and a policy can allow ${MAX_ALLOWED_HOSTS}; name fewer, or a common parent as *.example.com`,
    );
  }
  return { hosts: needed.sort(), leftOut };
}

/** Over every path of its host, since policies know no others; one pattern for each scheme. */
function splitScheme(pattern: string): string[] {
  const host = `${hostPattern(pattern)}/*`;
  return host.startsWith('*:') ? [host.replace('*', 'http'), host.replace('*', 'https')] : [host];
}

function withoutContained(hosts: string[]): string[] {
  return hosts.filter(
    (host) => !hosts.some((other) => other !== host && isInside(`${host}/*`, `${other}/*`)),
  );
}

function sayAll(faults: readonly string[], advice: string): string {
  const rest = faults.length - MAX_NAMED;
  return [
    'charter: the browser could not be told to keep the extension out of what is never recorded',
    ...faults.slice(0, MAX_NAMED).map((fault) => `  ${fault}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    advice,
  ].join('\n');
}
