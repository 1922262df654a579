import { beforeEach, describe, expect, it } from 'vitest';
import { charterHash } from '../charter/charter-hash.ts';
import type { Charter, Level, Scope } from '../charter/charter.ts';
import { aCharter, NOON_MS } from '../testing/builders.ts';
import { readCharterInForce } from './charter-in-force.ts';
import { readCurrentState } from './current-state.ts';
import { agreeToLinked, decide, noteNarrowing, pause, withdraw } from './decide.ts';
import { readItem, removeItem, writeItem } from './stored-items.ts';

const KEY = 'A'.repeat(43);
const linked = aCharter({ protection: 'linked' });
const ALL: Scope[] = ['pointer', 'keys', 'workflow'];

const join = (charter: Charter) =>
  writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY });
async function say(charter: Charter, level: Level, scopes = ALL) {
  await decide({ charter, charterHash: await charterHash(charter), scopes, level }, NOON_MS);
}
async function agree(charter: Charter, scopes = ALL) {
  const inForce = await readCharterInForce();
  return agreeToLinked(inForce, { charterHash: await charterHash(charter), scopes }, NOON_MS);
}
const stateNow = async () => (await readCurrentState(NOON_MS)).state;
async function levelNow() {
  const state = await stateNow();
  return state.kind === 'on' || state.kind === 'paused' ? state.terms.level : state.kind;
}

beforeEach(() => join(linked));

describe('under a charter that looks for volunteers', () => {
  it('nobody has decided until asked', async () => {
    expect((await stateNow()).kind).toBe('undecided');
  });

  it.each(['linked', 'balanced'] as const)(
    'the ordinary answer gives balanced, even if it says %s',
    async (level) => {
      await say(linked, level);
      expect(await levelNow()).toBe('balanced');
      expect((await readItem('decision'))!.level).toBe('balanced');
      expect((await readItem('receipts'))!.at(-1)).toMatchObject({ event: 'granted', level: 'balanced' });
    },
  );

  it('a person may still choose strict', async () => {
    await say(linked, 'strict');
    expect(await levelNow()).toBe('strict');
  });

  it('only agreeing on its own gives linked, and it is on the receipt', async () => {
    expect(await agree(linked, ['pointer'])).toBe(true);
    expect(await levelNow()).toBe('linked');
    expect((await readItem('receipts'))!.at(-1)).toMatchObject({
      event: 'granted',
      level: 'linked',
      scopes: ['pointer'],
    });
  });

  it('agreeing does not end a pause', async () => {
    await say(linked, 'balanced');
    await pause(null);
    await agree(linked);
    expect((await stateNow()).kind).toBe('paused');
  });

  it('a change in the popup ends linked, and a withdrawal is no way back to it', async () => {
    await agree(linked);
    await say(linked, 'linked');
    expect(await levelNow()).toBe('balanced');
    await agree(linked);
    await withdraw(NOON_MS);
    expect(await levelNow()).toBe('declined');
    await say(linked, 'linked');
    expect(await levelNow()).toBe('balanced');
  });
});

describe('agreeing to linked is refused, with nothing written,', () => {
  const expectRefused = async (answer: Promise<boolean>) => {
    expect(await answer).toBe(false);
    expect(await readItem('decision')).toBeUndefined();
    expect(await readItem('receipts')).toBeUndefined();
  };

  it('under a charter that asks for another level', async () => {
    const balanced = aCharter();
    await join(balanced);
    await expectRefused(agree(balanced));
  });

  it('to another charter than the one shown', () =>
    expectRefused(agree(aCharter({ protection: 'linked', retentionDays: 1 }))));

  it('without a charter, without a part, or with a part that the charter does not offer', async () => {
    await expectRefused(agree(linked, []));
    const pointerOnly = aCharter({ protection: 'linked', scopes: ['pointer'] });
    await join(pointerOnly);
    await expectRefused(agree(pointerOnly, ['pointer', 'keys']));
    await removeItem('joined');
    await expectRefused(agree(linked));
  });
});

describe('a charter that changes', () => {
  const balanced = aCharter();

  it.each(['balanced', 'strict'] as const)(
    'to linked widens: who is at %s is asked again, and stays there with a new yes',
    async (level) => {
      await join(balanced);
      await say(balanced, level);
      await join(linked);
      expect((await stateNow()).kind).toBe('charter-changed');
      const inForce = await readCharterInForce();
      if (inForce.kind === 'in-force') await noteNarrowing(inForce, NOON_MS);
      expect((await readItem('decision'))!.level).toBe(level);
      await say(linked, level);
      expect(await levelNow()).toBe(level);
    },
  );

  it('from linked narrows, and takes who was linked to balanced for good', async () => {
    await agree(linked);
    await join(balanced);
    expect(await levelNow()).toBe('balanced');
    const inForce = await readCharterInForce();
    if (inForce.kind === 'in-force') await noteNarrowing(inForce, NOON_MS);
    expect((await readItem('decision'))!.level).toBe('balanced');
    await join(linked);
    expect((await stateNow()).kind).toBe('charter-changed');
  });

  it('in something else that narrows leaves each at their own level', async () => {
    const shorter = aCharter({ protection: 'linked', retentionDays: 30 });
    await agree(linked);
    await join(shorter);
    expect(await levelNow()).toBe('linked');
    await join(linked);
    await say(linked, 'balanced');
    await join(shorter);
    expect(await levelNow()).toBe('balanced');
  });
});
