import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Charter } from '../../src/charter/charter.ts';
import { matchesAny } from '../../src/charter/match-pattern.ts';
import { SENSITIVE_PATTERNS } from '../../src/charter/sensitive-places.ts';
import { aCharter } from '../testing/builders.ts';
import { findAllowedHosts } from './allowed-hosts.ts';

const charterOf = (matches: string[], neverRecord: string[] = [], changes: Partial<Charter> = {}) =>
  aCharter({ apps: [{ label: 'desk', matches }], neverRecord, ...changes });
const hostsOf = (...given: Parameters<typeof charterOf>) => findAllowedHosts(charterOf(...given)).hosts;
const COLLECTOR = 'https://proffer.example.com';

describe('allowed hosts', () => {
  test('are those of apps and collector, without paths, each once', () => {
    expect(
      hostsOf(['https://b.example.com/a/*', 'https://b.example.com/c/*', '*://a.example.org/*']),
    ).toEqual(['*://a.example.org', 'https://b.example.com', COLLECTOR]);
  });

  test('keep ports, which policies know', () => {
    const changes = { collectorUrl: 'http://127.0.0.1:8787' };
    expect(hostsOf(['http://127.0.0.1:4173/*'], [], changes)).toEqual([
      'http://127.0.0.1:4173',
      'http://127.0.0.1:8787',
    ]);
  });

  test('name both schemes where there is a port, without which Chrome refuses the whole policy', () => {
    expect(hostsOf(['*://a.example.org:8443/*'])).toEqual([
      'http://a.example.org:8443',
      'https://a.example.org:8443',
      COLLECTOR,
    ]);
  });

  test('leave out what another one covers', () => {
    expect(hostsOf(['https://*.example.org/*', 'https://a.example.org/x/*'])).toEqual([
      'https://*.example.org',
      COLLECTOR,
    ]);
  });

  test('are not widened or refused for places that are never recorded inside a host', () => {
    expect(hostsOf(['https://a.example.org/*'], ['https://a.example.org/hr/*'])).toEqual([
      'https://a.example.org',
      COLLECTOR,
    ]);
  });

  test.each([
    [['https://*.example.org/*'], ['https://hr.example.org/*']],
    [['https://*.example.org/*'], ['*://*.hr.example.org/*']],
    [['https://a.example.org/*'], ['https://a.example.org:8443/*']],
    [['*://*.okta.com/*', 'https://*.com/*'], []],
    [['*://*/*'], []],
  ])('%j beside never %j is refused, and both are named', (matches, never) => {
    const place = never[0] ?? 'okta.com';
    const refusal = () => findAllowedHosts(charterOf(matches, never));
    expect(refusal).toThrow(matches.at(-1));
    expect(refusal).toThrow(place);
  });

  test('of an app that lies wholly in a place that is never recorded are left out and said', () => {
    const found = findAllowedHosts(
      charterOf(
        ['https://company.okta.com/*', 'https://hr.example.org/*', 'https://a.example.org/*'],
        ['*://hr.example.org/*'],
      ),
    );
    expect(found.hosts).toEqual(['https://a.example.org', COLLECTOR]);
    expect(found.leftOut).toEqual(['https://company.okta.com/*', 'https://hr.example.org/*']);
  });

  test('keep the scheme that remains', () => {
    expect(hostsOf(['*://a.example.org/*'], ['http://a.example.org/*'])).toContain('https://a.example.org');
    expect(hostsOf(['*://a.example.org/*'], ['http://a.example.org/*'])).not.toContain('*://a.example.org');
  });

  test('cannot be made when the collector itself is never recorded', () => {
    expect(() => hostsOf(['https://a.example.org/*'], ['https://proffer.example.com/*'])).toThrow(
      /collectorUrl: https:\/\/proffer\.example\.com is in https:\/\/proffer/,
    );
  });

  test('are at most a hundred, the collector included', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `https://a${index}.example.org/*`);
    const charterWith = (count: number) =>
      aCharter({
        apps: [
          { label: 'one', matches: many(50) },
          { label: 'two', matches: many(count) },
        ],
      });
    expect(findAllowedHosts(charterWith(99)).hosts).toHaveLength(100);
    expect(() => findAllowedHosts(charterWith(100))).toThrow('need 101 different hosts');
  });
});

/** Hosts that often lie inside each other. */
const aHost = fc
  .tuple(
    fc.constantFrom('', '*.'),
    fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
    fc.constantFrom('', ':1', ':2'),
  )
  .map(([wild, labels, port]) => `${wild}${labels.join('.')}.test${port}`);
const aPattern = fc
  .tuple(fc.constantFrom('*', 'http', 'https'), aHost, fc.constantFrom('/*', '/*', '/x/*'))
  .map(([scheme, host, path]) => `${scheme}://${host}${path}`);
const ADDRESSES = ['http', 'https'].flatMap((scheme) =>
  ['a', 'b', 'c', 'a.b', 'a.c', 'b.c', 'a.b.c', 'x.a', 'x.b.c', 'x.a.b.c'].flatMap((labels) =>
    ['', ':1', ':2', ':3'].map((port) => `${scheme}://${labels}.test${port}/`),
  ),
);

test('property: no host that is never recorded as a whole is allowed, and none of an app is lost', () => {
  fc.assert(
    fc.property(
      fc.array(aPattern, { minLength: 1, maxLength: 4 }),
      fc.array(aPattern, { maxLength: 4 }),
      (matches, neverRecord) => {
        let found;
        try {
          found = findAllowedHosts(charterOf(matches, neverRecord));
        } catch {
          return;
        }
        const allowed = found.hosts.map((host) => `${host}/*`);
        const never = neverRecord.filter((pattern) => !pattern.endsWith('/x/*'));
        for (const address of ADDRESSES) {
          const isNever = matchesAny([...never, ...SENSITIVE_PATTERNS], address);
          if (isNever) expect(matchesAny(allowed, address), address).toBe(false);
          else if (
            matchesAny(
              matches.map((pattern) => pattern.replace('/x/*', '/*')),
              address,
            )
          )
            expect(matchesAny(allowed, address), address).toBe(true);
        }
      },
    ),
  );
});
