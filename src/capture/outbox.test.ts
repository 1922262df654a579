import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MESSAGE_INTERVAL_MS } from '../trace/limits.ts';
import { RawMessage, type RawFragment, type RawMovement } from './fragments.ts';
import { createOutbox, type DeliveryAnswer, type OutboxParts } from './outbox.ts';

const aGap = (atMs = 1): RawFragment => ({ kind: 'gap', atMs, reason: 'budget' });
const aMovement = (atMs: number) => ({ kind: 'movement', atMs }) as RawMovement;
const aTypingRun = (atMs: number): RawFragment => ({ kind: 'typingRun', atMs, keyClass: [0], downMs: [0], holdMs: [-1] }); // prettier-ignore

describe('createOutbox', () => {
  let sent: RawMessage[];
  let answers: (DeliveryAnswer['kind'] | 'unreachable' | 'never')[];
  const onStop = vi.fn();

  function anOutbox(parts: Partial<OutboxParts> = {}) {
    return createOutbox({
      send: async (message) => {
        sent.push(structuredClone(message));
        const kind = answers.shift() ?? 'stored';
        if (kind === 'never') return new Promise(() => {});
        if (kind === 'unreachable') throw new Error('no background');
        return { kind };
      },
      onStop,
      onSensitive: () => {},
      onFailure: () => {},
      maySend: () => true,
      windowPlace: () => undefined,
      tellsGaps: true,
      permit: 'p',
      ...parts,
    });
  }

  beforeEach(() => {
    vi.useFakeTimers();
    onStop.mockReset();
    sent = [];
    answers = [];
  });

  it('sends at most one message per 2 s, numbered in order, and each fragment once', async () => {
    const outbox = anOutbox();
    for (let index = 0; index < 20; index++) {
      outbox.add(aGap(index));
      await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS / 5);
    }
    await vi.advanceTimersByTimeAsync(2 * MESSAGE_INTERVAL_MS);
    expect(sent.length).toBeLessThanOrEqual(4);
    expect(sent.map((message) => message.number)).toEqual(sent.map((_message, index) => index));
    expect(sent.flatMap((message) => message.fragments.map((fragment) => fragment.atMs))).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    for (const message of sent) expect(RawMessage.safeParse(message).success).toBe(true);
  });

  it('tells once what recording took, with the next message', async () => {
    const outbox = anOutbox();
    outbox.noteWork(0.5);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
    outbox.noteWork(1.25);
    for (const atMs of [1, 2]) {
      outbox.add(aGap(atMs));
      await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    }
    expect(sent.map((message) => message.workMs)).toEqual([1.75, 0]);
  });

  it('sends nothing when nothing has happened', async () => {
    anOutbox();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
  });

  it('repeats a message under its number until it is stored, ever more slowly', async () => {
    answers = ['unreachable', 'try-later', 'unreachable', 'try-later', 'unreachable', 'stored'];
    const outbox = anOutbox();
    outbox.add(aGap(1));
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    outbox.add(aGap(2));
    await vi.advanceTimersByTimeAsync(400);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500 + 1000 + 2000 + 4000 + 5000 + MESSAGE_INTERVAL_MS);
    expect(sent.map((message) => message.number)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(sent.slice(0, 6).every((message) => message.fragments.length === 1)).toBe(true);
  });

  it('keeps one message under way, but sends everything when the page is left', async () => {
    answers = ['never', 'never'];
    const outbox = anOutbox();
    outbox.add(aGap(1));
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    outbox.add(aGap(2));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(sent).toHaveLength(1);
    outbox.sendNow();
    expect(sent.map((message) => message.number)).toEqual([0, 1]);
  });

  it('splits what is too much for one message', () => {
    const outbox = anOutbox();
    for (let index = 0; index < 450; index++) outbox.add(aGap(index));
    outbox.sendNow(true);
    expect(sent.map((message) => message.fragments.length)).toEqual([200, 200, 50]);
    expect(sent.map((message) => message.isLast)).toEqual([undefined, undefined, true]);
  });

  it('stops when told to, and drops everything when cleared', async () => {
    answers = ['stop'];
    const outbox = anOutbox();
    onStop.mockImplementation(outbox.clear);
    outbox.add(aGap(1));
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    expect(onStop).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(60_000);
    outbox.add(aGap(2));
    outbox.clear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
  });

  it('is bounded: gives up the oldest movements first and says so once', async () => {
    answers = ['never'];
    const outbox = anOutbox();
    outbox.add(aGap(0));
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    for (let index = 1; index <= 1000; index++) {
      outbox.add(aTypingRun(index));
      outbox.add(aMovement(index));
    }
    for (let index = 1001; index <= 1100; index++) outbox.add(aTypingRun(index));
    outbox.sendNow();
    const kept = sent.slice(1).flatMap((message) => message.fragments);
    expect(kept.length).toBeLessThanOrEqual(2001);
    expect(kept.filter((fragment) => fragment.kind === 'typingRun')).toHaveLength(1100);
    expect(kept.filter((fragment) => fragment.kind === 'gap')).toEqual([
      { kind: 'gap', atMs: 1, reason: 'workerUnreachable' },
    ]);
    expect(kept.find((fragment) => fragment.kind === 'movement')!.atMs).toBeGreaterThan(90);
  });

  it('gives every frame a name of its own', () => {
    for (let frame = 0; frame < 50; frame++) {
      const outbox = anOutbox();
      outbox.add(aGap());
      outbox.sendNow();
    }
    expect(new Set(sent.map((message) => message.frame)).size).toBe(50);
  });

  it('tries again what was under way when the page was put aside, whose answer never comes', async () => {
    answers = ['never', 'stored'];
    const outbox = anOutbox();
    outbox.add(aGap());
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    outbox.resume();
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    expect(sent.map((message) => message.number)).toEqual([0, 0]);
    outbox.add(aGap());
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    expect(sent.map((message) => message.number)).toEqual([0, 0, 1]);
  });

  it('counts an answer that takes longer than ten seconds as none', async () => {
    answers = ['never', 'stored'];
    const outbox = anOutbox();
    outbox.add(aGap());
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS + 9_000);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(sent.map((message) => message.number)).toEqual([0, 0]);
  });
});
