import { beforeEach, describe, expect, it, vi } from 'vitest';
import { charterHash } from './charter/charter-hash.ts';
import type { Scope } from './charter/charter.ts';
import { COMMANDS } from './command-names.ts';
import { readCurrentState } from './consent/current-state.ts';
import { decide, pause } from './consent/decide.ts';
import { readItem, writeItem } from './consent/stored-items.ts';
import { applyState } from './placement/apply-state.ts';
import { onCommand } from './shortcut-commands.ts';
import { aCharter, NOON_MS } from './testing/builders.ts';

vi.mock('./placement/apply-state.ts', () => ({ applyState: vi.fn() }));

const KEY = 'A'.repeat(43);
const charter = aCharter();
const { pauseBriefly, pauseOrResume } = COMMANDS;

async function say(scopes: Scope[]) {
  await decide({ charter, charterHash: await charterHash(charter), scopes, level: 'balanced' }, NOON_MS);
}
const stateNow = async (nowMs = NOON_MS) => {
  const { state } = await readCurrentState(nowMs);
  return state.kind === 'paused' ? { kind: state.kind, untilMs: state.untilMs } : { kind: state.kind };
};

beforeEach(() =>
  writeItem('joined', { charter: JSON.stringify(charter), participantKey: KEY, hashingKey: KEY }),
);

describe('a shortcut', () => {
  it.each([pauseBriefly, pauseOrResume])(
    'does nothing before consent and after a no: %s',
    async (command) => {
      await onCommand(command, NOON_MS);
      expect(await stateNow()).toEqual({ kind: 'undecided' });
      await say([]);
      await onCommand(command, NOON_MS);
      expect(await stateNow()).toEqual({ kind: 'declined' });
      expect(await readItem('pause')).toBeUndefined();
      expect(applyState).not.toHaveBeenCalled();
    },
  );

  it('pauses for a quarter of an hour, and the same again resumes', async () => {
    await say(['pointer']);
    await onCommand(pauseBriefly, NOON_MS);
    expect(await stateNow()).toEqual({ kind: 'paused', untilMs: NOON_MS + 15 * 60_000 });
    expect(applyState).toHaveBeenCalledOnce();
    await onCommand(pauseBriefly, NOON_MS + 1000);
    expect(await stateNow()).toEqual({ kind: 'on' });
    expect(applyState).toHaveBeenCalledTimes(2);
  });

  it('pauses until the person resumes, and the same again resumes', async () => {
    await say(['pointer']);
    await onCommand(pauseOrResume, NOON_MS);
    expect(await stateNow(NOON_MS + 1e12)).toEqual({ kind: 'paused', untilMs: null });
    await onCommand(pauseOrResume, NOON_MS + 1e12);
    expect(await stateNow(NOON_MS + 1e12)).toEqual({ kind: 'on' });
  });

  it('for a brief pause never ends one that has no end', async () => {
    await say(['pointer']);
    await pause(null);
    await onCommand(pauseBriefly, NOON_MS);
    expect(await stateNow()).toEqual({ kind: 'paused', untilMs: null });
  });

  it('of another name changes nothing', async () => {
    await say(['pointer']);
    await onCommand('something-else', NOON_MS);
    expect(await stateNow()).toEqual({ kind: 'on' });
  });
});
