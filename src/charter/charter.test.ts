import { describe, expect, it } from 'vitest';
import { aCharter } from '../testing/builders.ts';
import { charterHash } from './charter-hash.ts';
import { parseCharter } from './charter.ts';
import { createJoinCode, createJoinCodeStart, parseJoinCode } from './join-code.ts';

const KEY = 'A'.repeat(43);

describe('charter', () => {
  it('is refused with the name of the field that is wrong, never with its value', () => {
    const problems = (changes: object) => {
      const parsed = parseCharter({ ...aCharter(), ...changes });
      return parsed.ok ? [] : parsed.problems;
    };
    expect(problems({ retentionDays: -4711 }).join()).toMatch(/^retentionDays: /);
    expect(problems({ retentionDays: -4711 }).join()).not.toContain('4711');
    expect(problems({ autoConsent: true }).join()).toContain('unknown field autoConsent');
    expect(problems({ collectorUrl: 'http://collector.example.com' }).join()).toContain('collectorUrl');
    expect(problems({ apps: [{ label: 'desk', matches: ['<all_urls>'] }] }).join()).toContain(
      'apps.0.matches.0',
    );
    expect(problems({ apps: [{ label: 'other', matches: ['https://a.example/*'] }] }).join()).toContain(
      'apps.0.label',
    );
    expect(problems({ tasks: ['triage', 'triage'] }).join()).toContain('tasks: names something twice');
    expect(problems({ notice: { version: 1 } }).join()).toContain('notice');
    expect(problems({ notice: { version: 1, url: 'javascript:alert(1)' } }).join()).toContain('notice.url');
    expect(problems({ organization: ' ' })).toEqual(['organization: must not be blank']);
    expect(problems({ contact: 'works \ud800 council' }).join()).toContain(
      'contact: has half of a character',
    );
    expect(problems({ neverRecord: ['https://desk.example.com:443/hr/*'] }).join()).toMatch(
      /^neverRecord\.0: .*no default port/,
    );
  });

  it('has a hash that the order of fields does not change and every value does', async () => {
    const charter = aCharter();
    const reordered = parseCharter(Object.fromEntries(Object.entries(charter).reverse()));
    expect(reordered.ok && (await charterHash(reordered.charter))).toBe(await charterHash(charter));
    expect(await charterHash({ ...charter, retentionDays: 364 })).not.toBe(await charterHash(charter));
  });

  it('has the hash that canonical JSON and SHA-256 give it', async () => {
    // From an independent computation with sorted keys: printf '%s' "$canonical" | sha256sum
    expect(await charterHash(aCharter())).toBe(
      'dc496b1be08bb118da74c27955c8d2fad55b9995d65047d7c25f55c1787c3bc7',
    );
  });
});

describe('join code', () => {
  it('brings a charter and its keys across a mail program', () => {
    const code = createJoinCode(aCharter(), KEY, KEY);
    const wrapped = `  ${code.slice(0, 70)}\r\n${code.slice(70)} \n`;
    expect(parseJoinCode(wrapped)).toEqual({
      ok: true,
      agreement: { charter: aCharter(), participantKey: KEY, hashingKey: KEY },
    });
  });

  it('says what is wrong with a damaged one', () => {
    const code = createJoinCode(aCharter(), KEY, KEY);
    const problem = (text: string) => {
      const parsed = parseJoinCode(text);
      return parsed.ok ? '' : parsed.problems.join();
    };
    expect(problem('hello')).toContain('does not start with');
    expect(problem(createJoinCodeStart(aCharter(), KEY))).toContain('study key is missing');
    expect(problem(code.replace('proffer1.', 'proffer1.!!'))).toContain('damaged');
    expect(problem(`${code}x`)).toContain('hashingKey');
  });
});
