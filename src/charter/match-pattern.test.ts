import { describe, expect, it } from 'vitest';
import {
  coversWholeHosts,
  hostPattern,
  isInside,
  isMatchPattern,
  matchesAny,
  originsOverlap,
} from './match-pattern.ts';

describe('match patterns', () => {
  it('takes http and https patterns and refuses everything else', () => {
    expect(isMatchPattern('https://desk.example.com/*')).toBe(true);
    expect(isMatchPattern('*://*.example.com/tickets/*')).toBe(true);
    expect(isMatchPattern('http://127.0.0.1:4173/*')).toBe(true);
    for (const other of [
      '<all_urls>',
      'file:///*',
      'https://desk.example.com',
      'https://*x.com/*',
      'chrome://settings/*',
    ]) {
      expect(isMatchPattern(other), other).toBe(false);
    }
  });

  it('refuses what no address can match, since browsers write addresses in one way', () => {
    for (const never of [
      'https://desk.example.com:443/*',
      'http://desk.example.com:80/*',
      '*://desk.example.com:443/*',
      'https://desk.example.com:99999/*',
      'https://300.1.1.1/*',
      'https://127.1/*',
      'https://desk.example.com/Gehälter/*',
      'https://desk.example.com/"a"/*',
      'https://desk.example.com/a/../b/*',
      'https://desk.example.com/#/hr/*',
    ]) {
      expect(isMatchPattern(never), never).toBe(false);
    }
    for (const some of [
      'http://desk.example.com:443/*',
      'https://*.example.com:8443/a*b?c=*',
      '*://*/*login*',
      'https://xn--mnchen-3ya.example/*',
      'https://desk.example.com/Geh%C3%A4lter/*',
    ]) {
      expect(isMatchPattern(some), some).toBe(true);
    }
  });

  it('takes one address for the same in all of its writings', () => {
    const covers = (pattern: string, url: string) => matchesAny([pattern], url);
    for (const pattern of ['https://a.example/Geh%C3%A4lter/*', 'https://a.example/Geh%c3%a4lter/*']) {
      expect(covers(pattern, 'https://a.example/Gehälter/x')).toBe(true);
      expect(covers(pattern, 'https://a.example/Geh%c3%a4lter/x')).toBe(true);
    }
    expect(covers('https://a.example/hr/*', 'https://a.example/%68%72/pay')).toBe(true);
    expect(covers('https://a.example/a/b', 'https://a.example/a%2Fb')).toBe(false);
  });

  it('covers an address by scheme, host, port and path', () => {
    const covers = (pattern: string, url: string) => matchesAny([pattern], url);
    expect(covers('https://desk.example.com/*', 'https://desk.example.com/tickets/7?open=1#top')).toBe(true);
    expect(covers('https://desk.example.com/*', 'http://desk.example.com/')).toBe(false);
    expect(covers('*://*.example.com/*', 'http://example.com/')).toBe(true);
    expect(covers('*://*.example.com/*', 'http://badexample.com/')).toBe(false);
    expect(covers('http://127.0.0.1:4173/*', 'http://127.0.0.1:4174/')).toBe(false);
    expect(covers('http://127.0.0.1/*', 'http://127.0.0.1:4174/')).toBe(true);
    expect(covers('*://*/*login*', 'https://a.example/app/login/step')).toBe(true);
    expect(covers('https://desk.example.com/a*z', 'https://desk.example.com/a')).toBe(false);
    expect(covers('https://desk.example.com/*', 'not an address')).toBe(false);
  });

  it('calls a pattern inside another only where that is certain', () => {
    expect(isInside('https://desk.example.com/tickets/*', 'https://desk.example.com/*')).toBe(true);
    expect(isInside('https://desk.example.com/*', '*://*.example.com/*')).toBe(true);
    expect(isInside('https://*.desk.example.com/*', 'https://*.example.com/*')).toBe(true);
    expect(isInside('https://*.example.com/*', 'https://desk.example.com/*')).toBe(false);
    expect(isInside('*://desk.example.com/*', 'https://desk.example.com/*')).toBe(false);
    expect(isInside('https://desk.example.com/*', 'https://desk.example.com:8443/*')).toBe(false);
    expect(isInside('https://desk.example.com/ab', 'https://desk.example.com/*b')).toBe(false);
  });

  it('tells a pattern’s host and whether it covers all of it', () => {
    expect(hostPattern('*://*.example.com:8443/a/*')).toBe('*://*.example.com:8443');
    expect(coversWholeHosts('https://example.com/*')).toBe(true);
    expect(coversWholeHosts('https://example.com/a/*')).toBe(false);
    expect(coversWholeHosts('https://example.com/')).toBe(false);
  });

  it.each([
    ['https://*.example.com/*', 'https://hr.example.com/*', true],
    ['https://hr.example.com/a/*', '*://*.example.com/b/*', true],
    ['https://*.example.com/*', 'https://example.com/*', true],
    ['https://*.example.com/*', 'https://example.com.evil.org/*', false],
    ['https://myexample.com/*', 'https://*.example.com/*', false],
    ['https://a.example.com/*', 'https://b.example.com/*', false],
    ['https://a.example.com/*', 'http://a.example.com/*', false],
    ['https://a.example.com:8443/*', 'https://a.example.com/*', true],
    ['https://a.example.com:8443/*', 'https://a.example.com:9443/*', false],
    ['*://*/*', 'http://anything.at.all/*', true],
  ])('origins of %s and %s overlap: %s', (one, other, does) => {
    expect(originsOverlap(one, other)).toBe(does);
    expect(originsOverlap(other, one)).toBe(does);
  });
});
