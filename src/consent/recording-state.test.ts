import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { charterHash } from '../charter/charter-hash.ts';
import type { Charter, Level, Scope } from '../charter/charter.ts';
import { aCharter, NOON_MS } from '../testing/builders.ts';
import { readCharterInForce } from './charter-in-force.ts';
import { readCurrentState } from './current-state.ts';
import { decide, noteNarrowing, pause, resume, setSiteOff, tomorrowMs, withdraw } from './decide.ts';
import { placeOf, stricter } from './recording-state.ts';
import { readItem, writeItem } from './stored-items.ts';

const KEY = 'A'.repeat(43);

const join = (charter: Charter) =>
  writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });

async function say(charter: Charter, scopes: Scope[], level: Level = 'balanced') {
  await decide({ charter, charterHash: await charterHash(charter), scopes, level }, NOON_MS);
}

const stateNow = async (nowMs = NOON_MS) => (await readCurrentState(nowMs)).state;
const charter = aCharter();

describe('the charter in force', () => {
  it('is none until there is a policy or a code', async () => {
    expect(await stateNow()).toEqual({ kind: 'no-charter' });
  });

  it('is none, and no error, where managed storage rejects, as in Firefox without a policy', async () => {
    vi.spyOn(browser.storage.managed, 'get').mockRejectedValue(
      new Error('Managed storage manifest not found'),
    );
    expect((await readCharterInForce()).kind).toBe('none');
  });

  it("is the policy's, whatever was joined by code", async () => {
    await join(aCharter({ organization: 'A study' }));
    const policy = { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY };
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue(policy as never);
    expect(await readCharterInForce()).toMatchObject({
      source: 'policy',
      agreement: { charter: { organization: 'Example GmbH' } },
    });
  });

  it('is unreadable, with the field named, where the policy is wrong: then nothing is recorded', async () => {
    await join(charter);
    await say(charter, ['pointer']);
    const policy = {
      charter: JSON.stringify({ ...charter, retentionDays: 'long' }),
      participantKey: KEY,
      hashingKey: KEY,
    };
    vi.spyOn(browser.storage.managed, 'get').mockResolvedValue(policy as never);
    const state = await stateNow();
    expect(state.kind).toBe('charter-unreadable');
    expect(JSON.stringify(state)).toContain('retentionDays');
  });
});

describe('recording', () => {
  beforeEach(() => join(charter));

  it('is off until the person decides, whatever a policy says', async () => {
    expect((await stateNow()).kind).toBe('undecided');
    await writeItem('joined', {
      charter: JSON.stringify(charter),
      participantKey: KEY,
      hashingKey: KEY,
      consent: true,
    } as never);
    expect((await stateNow()).kind).not.toBe('on');
  });

  it('is on for the scopes that were switched on', async () => {
    await say(charter, ['keys']);
    expect(await stateNow()).toMatchObject({ kind: 'on', terms: { scopes: ['keys'], level: 'balanced' } });
  });

  it('stays off after a no, and asks again only for a charter that wants more', async () => {
    await say(charter, []);
    expect((await stateNow()).kind).toBe('declined');
    await join(aCharter({ retentionDays: 30 }));
    expect((await stateNow()).kind).toBe('declined');
    await join(aCharter({ retentionDays: 3650 }));
    expect((await stateNow()).kind).toBe('undecided');
  });

  it('goes on under a narrower charter, which is noted on the receipt', async () => {
    await say(charter, ['pointer', 'keys']);
    const narrower = aCharter({ scopes: ['keys', 'workflow'], protection: 'strict' });
    await join(narrower);
    expect(await stateNow()).toMatchObject({
      kind: 'on',
      terms: { scopes: ['keys'], level: 'strict', charterHash: await charterHash(narrower) },
    });
    await noteNarrowing((await readCharterInForce()) as never, NOON_MS);
    expect((await readItem('receipts'))?.map((receipt) => receipt.event)).toEqual(['granted', 'narrowed']);
    // Giving back what was taken away is a widening now.
    await join(charter);
    expect((await stateNow()).kind).toBe('charter-changed');
  });

  it('stops when the charter widens, with the old one beside the new', async () => {
    await say(charter, ['pointer']);
    const wider = aCharter({ retentionDays: 3650 });
    await join(wider);
    expect(await stateNow()).toMatchObject({
      kind: 'charter-changed',
      previous: { retentionDays: 365 },
      charter: { retentionDays: 3650 },
    });
  });

  it('stops when the policy is taken away', async () => {
    await say(charter, ['pointer']);
    await browser.storage.local.remove('joined');
    expect((await stateNow()).kind).toBe('no-charter');
  });

  it('pauses until the time given, or until resumed', async () => {
    await say(charter, ['pointer']);
    await pause(NOON_MS + 900_000);
    expect(await stateNow()).toMatchObject({ kind: 'paused', untilMs: NOON_MS + 900_000 });
    expect((await stateNow(NOON_MS + 900_001)).kind).toBe('on');
    await pause(null);
    expect((await stateNow(NOON_MS + 10 * 365 * 86_400_000)).kind).toBe('paused');
    await resume();
    expect((await stateNow()).kind).toBe('on');
  });

  it('is over after withdrawal, which does not ask again and is on the receipts', async () => {
    await say(charter, ['pointer']);
    await setSiteOff('desk.example.com', true);
    await withdraw(NOON_MS);
    expect(await readCurrentState(NOON_MS)).toMatchObject({ state: { kind: 'declined' }, sitesOff: [] });
    expect((await readItem('receipts'))?.map((receipt) => receipt.event)).toEqual(['granted', 'withdrawn']);
  });

  it('treats what it cannot read as no decision', async () => {
    await say(charter, ['pointer']);
    await browser.storage.local.set({ decision: { scopes: ['pointer'], charterHash: 'x' } });
    expect((await stateNow()).kind).toBe('undecided');
  });

  it('cannot be given less protection than the charter asks for', async () => {
    await say(charter, ['pointer'], 'linked');
    expect(await stateNow()).toMatchObject({ terms: { level: 'balanced' } });
    expect(stricter('linked', 'strict')).toBe('strict');
  });
});

describe('a place', () => {
  const places = aCharter({
    apps: [
      { label: 'desk', matches: ['https://desk.example.com/*'] },
      { label: 'money', matches: ['https://www.paypal.com/*'] },
    ],
    neverRecord: ['https://desk.example.com/hr/*'],
  });
  const reason = (url: string | undefined, sitesOff: string[] = []) => {
    const place = placeOf(url, places, sitesOff);
    return place.recorded ? place.app : place.reason;
  };

  it('is recorded as the app that covers it, unless charter, person or the built-in list keep it out', () => {
    expect(reason('https://desk.example.com/tickets')).toBe('desk');
    expect(reason('https://desk.example.com/hr/1')).toBe('never-record');
    expect(reason('https://desk.example.com/login')).toBe('sensitive');
    expect(reason('https://desk.example.com/tickets', ['desk.example.com'])).toBe('site-off');
    expect(reason('https://elsewhere.example.com/')).toBe('not-an-app');
    expect(reason(undefined)).toBe('not-an-app');
  });

  it('that a charter leaves out is known in any case of letters, any writing, without its slash and as a route', () => {
    for (const path of ['hr/', 'HR/Pay', 'hr', 'hr?open=1', '%68r/pay', '#/hr/pay', '#/hr', '#hr/pay']) {
      expect(reason(`https://desk.example.com/${path}`), path).toBe('never-record');
    }
    for (const path of ['hrx', 'tickets/hr/1', 'tickets#hr']) {
      expect(reason(`https://desk.example.com/${path}`), path).toBe('desk');
    }
  });

  it('that is sensitive is known in any case of letters and as a route in the fragment', () => {
    for (const path of ['Account/Login', 'SignIn', 'Checkout', '#/login', 'app#!/sign-in']) {
      expect(reason(`https://desk.example.com/${path}`), path).toBe('sensitive');
    }
  });

  it('that signs people in is known by the routes of common servers, and ordinary words are not taken for them', () => {
    for (const path of [
      'account/logon',
      'users/sign_up',
      'realms/staff/protocol/openid-connect/auth',
      'adfs/ls/',
      'saml2/acs',
      '.well-known/change-password',
      'account/two-factor',
      'benutzer/anmelden',
      'compte/connexion',
      'oauth2/authorize',
      'konto/passwort-neu',
    ])
      expect(reason(`https://desk.example.com/${path}`), path).toBe('sensitive');
    for (const path of ['lessons/7', 'assort', 'catalogs', 'samples', 'blog/incident', 'reports/adoption'])
      expect(reason(`https://desk.example.com/${path}`), path).toBe('desk');
  });

  it('that belongs to a bank, a clinic, an employer, a union or a mailbox is sensitive, whatever its path', () => {
    for (const host of ['www.chase.com', 'www.nhs.uk', 'acme.adp.com', 'www.igmetall.de', 'mail.proton.me']) {
      const app = aCharter({ apps: [{ label: 'app', matches: [`https://${host}/*`] }] });
      expect(placeOf(`https://${host}/a/b?c=1`, app, []), host).toEqual({
        recorded: false,
        reason: 'sensitive',
      });
    }
  });

  it('that is sensitive cannot be lifted by a charter that is narrower or names it alone', () => {
    const alone = aCharter({
      apps: [{ label: 'login', matches: ['https://desk.example.com/login'] }],
      neverRecord: [],
    });
    expect(placeOf('https://desk.example.com/login', alone, [])).toEqual({
      recorded: false,
      reason: 'sensitive',
    });
  });

  it('that is sensitive is never recorded, even when a charter names it as an app', () => {
    expect(reason('https://www.paypal.com/')).toBe('sensitive');
  });
});

it('tomorrow begins at the next local midnight', () => {
  const night = new Date(2026, 10, 23, 23, 59).getTime();
  expect(tomorrowMs(night)).toBe(new Date(2026, 10, 24).getTime());
});
