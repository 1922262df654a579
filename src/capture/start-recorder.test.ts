import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaptureOptions, PageWindow } from './capture-context.ts';
import type { RawFragment, RawMessage } from './fragments.ts';
import { startRecorder, type Permission } from './start-recorder.ts';

const yes: Permission = { recording: true, scopes: ['pointer', 'workflow'], permit: 'one' };
const no: Permission = { recording: false, elsewhere: false };
const aGap: RawFragment = { kind: 'gap', atMs: 1, reason: 'budget' };

describe('startRecorder', () => {
  let page: PageWindow;
  let listened: string[];
  let permissions: (Permission | Error | Promise<Permission>)[];
  let captures: CaptureOptions[];
  let sent: RawMessage[];
  let isConnected: boolean;
  let sendFails: boolean;

  beforeEach(() => {
    vi.useFakeTimers();
    const target = new EventTarget();
    listened = [];
    const addEventListener: EventTarget['addEventListener'] = (type, ...rest) => {
      listened.push(type);
      target.addEventListener(type, ...rest);
    };
    page = { addEventListener, dispatchEvent: target.dispatchEvent.bind(target) } as unknown as PageWindow;
    permissions = [];
    captures = [];
    sent = [];
    isConnected = true;
    sendFails = false;
  });

  async function aRecorder(...answers: typeof permissions) {
    permissions = answers;
    const recorder = startRecorder(
      page,
      {
        mayRecord: async () => {
          const answer = await (permissions.shift() ?? no);
          if (answer instanceof Error) throw answer;
          return answer;
        },
        send: (message) => {
          if (sendFails) return Promise.reject(new Error('context invalidated'));
          sent.push(message);
          return Promise.resolve({ kind: 'stored' });
        },
        isConnected: () => isConnected,
      },
      'loading',
      (_page, options) => void captures.push(options),
    );
    await vi.advanceTimersByTimeAsync(0);
    return recorder;
  }

  /** Node calls no event of its making trusted. */
  function dispatch(type: string, facts: object = {}) {
    const event = Object.assign(new Event(type), facts);
    Object.defineProperty(event, 'isTrusted', { value: true });
    page.dispatchEvent(event);
  }

  it('listens to nothing of the page before the answer is yes, nor when it is no', async () => {
    let answer!: (permission: Permission) => void;
    await aRecorder(new Promise((resolve) => (answer = resolve)));
    expect(listened).toEqual([]);
    answer(no);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([listened, captures]).toEqual([[], []]);
  });

  it('starts capture for the scopes granted, once', async () => {
    const recorder = await aRecorder(yes, yes);
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect(captures.map(({ scopes, arrival }) => [scopes, arrival])).toEqual([
      [['pointer', 'workflow'], 'loading'],
    ]);
  });

  it('stops at once and drops what was not sent', async () => {
    const recorder = await aRecorder(yes, yes);
    captures[0]!.report(aGap);
    recorder.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(captures[0]!.signal.aborted).toBe(true);
    expect(sent).toEqual([]);
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect(captures).toHaveLength(2);
    expect(captures[1]!.arrival).toBe('alreadyOpen');
  });

  it('does not start by an answer that a stop has overtaken', async () => {
    let answer!: (permission: Permission) => void;
    const recorder = await aRecorder(new Promise((resolve) => (answer = resolve)));
    recorder.stop();
    answer(yes);
    await vi.advanceTimersByTimeAsync(0);
    expect(captures).toEqual([]);
  });

  it('starts anew when the scopes have changed', async () => {
    const recorder = await aRecorder(yes, { recording: true, scopes: ['pointer'], permit: 'another' });
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect(captures[0]!.signal.aborted).toBe(true);
    expect(captures[1]!.scopes).toEqual(['pointer']);
  });

  it('asks before it resumes on a page that comes back from the cache', async () => {
    await aRecorder(yes, yes, no);
    dispatch('pagehide');
    expect(captures[0]!.signal.aborted).toBe(true);
    dispatch('pageshow', { persisted: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(captures[1]!.arrival).toBe('restored');
    dispatch('pagehide');
    dispatch('pageshow', { persisted: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(captures).toHaveLength(2);
  });

  it('ends quietly when the extension is gone', async () => {
    const recorder = await aRecorder(yes, yes);
    [isConnected, sendFails] = [false, true];
    captures[0]!.report(aGap);
    await vi.advanceTimersByTimeAsync(1000);
    expect(captures[0]!.signal.aborted).toBe(true);
    expect(recorder.isAlive()).toBe(false);
  });

  it('is over after a fault', async () => {
    const recorder = await aRecorder(yes, yes);
    captures[0]!.onFault(new Error('ours'));
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(0);
    expect([captures.length, captures[0]!.signal.aborted, recorder.isAlive()]).toEqual([1, true, false]);
  });

  it('takes a background that cannot be reached for a no', async () => {
    await aRecorder(new Error('no receiver'));
    expect(captures).toEqual([]);
  });
});
