import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { setNeutralIcon } from '../consent/decide.ts';
import { useEnglishTexts } from '../testing/english-texts.ts';
import { showSign, SIGNS, type Sign } from './toolbar-sign.ts';

/** What the toolbar was last told to show. */
let shown: Record<string, unknown>;

beforeEach(() => {
  useEnglishTexts();
  shown = {};
  const take = (details: object) => void Object.assign(shown, details);
  for (const name of ['setIcon', 'setBadgeText', 'setBadgeBackgroundColor', 'setTitle'] as const)
    vi.spyOn(browser.action, name).mockImplementation(take);
});

async function looksOf(sign: Sign): Promise<string> {
  await showSign(sign);
  return JSON.stringify(shown);
}

describe('the sign in the toolbar', () => {
  it('tells the four states apart by icon, by words, and while something is recorded by a badge', async () => {
    const looks = [];
    for (const sign of SIGNS) {
      looks.push(await looksOf(sign));
      expect(shown.path).toMatchObject({ 16: `/icons/${sign}-16.png` });
    }
    expect(new Set(looks).size).toBe(SIGNS.length);
    await showSign('recording');
    expect(shown).toMatchObject({ text: '●', title: 'Proffer: this page is being recorded' });
  });

  it('says nothing where nobody has decided or somebody has said no', async () => {
    await showSign('off');
    expect(shown.text).toBe('');
  });

  it('is the same in all states where the person wants a neutral one', async () => {
    await setNeutralIcon(true);
    const looks = [];
    for (const sign of SIGNS) looks.push(await looksOf(sign));
    expect(new Set(looks).size).toBe(1);
    expect(shown).toMatchObject({ text: '', title: 'Proffer', path: { 16: '/icons/16.png' } });
    await setNeutralIcon(false);
    expect(await looksOf('recording')).not.toBe(looks[0]);
  });
});
