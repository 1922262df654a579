import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Permission, SensitiveNews } from './background-channel.ts';
import type { CaptureOptions, PageWindow } from './capture-context.ts';
import { MESSAGE_INTERVAL_MS } from '../trace/limits.ts';
import type { RawFragment, RawMessage } from './fragments.ts';
import { startRecorder } from './start-recorder.ts';

const yes = {
  recording: true,
  scopes: ['pointer', 'workflow'],
  budgetMsPerMinute: 50,
  permit: 'one',
} satisfies Permission;
const no: Permission = { recording: false, elsewhere: false };
const aGap: RawFragment = { kind: 'gap', atMs: 1, reason: 'budget' };

describe('startRecorder', () => {
  let page: PageWindow;
  let listened: string[];
  let permissions: (Permission | Error | Promise<Permission>)[];
  let captures: CaptureOptions[];
  let sent: RawMessage[];
  let told: SensitiveNews[];
  /** What the frame said of itself each time it asked. */
  let askedMuted: boolean[];
  /** What the page shows. */
  let fields: object[];
  let navigation: EventTarget;
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
    fields = [];
    [told, askedMuted] = [[], []];
    navigation = new EventTarget();
    for (const kind of ['ShadowRoot', 'Element']) vi.stubGlobal(kind, function () {});
    page = {
      addEventListener,
      dispatchEvent: target.dispatchEvent.bind(target),
      document: { getElementsByTagName: fieldsNamed },
      location: { pathname: '/account', hash: '' },
      navigation,
      ResizeObserver: class {
        observe() {}
        disconnect() {}
      },
    } as unknown as PageWindow;
    Object.assign(page, { top: page });
    permissions = [];
    captures = [];
    sent = [];
    isConnected = true;
    sendFails = false;
  });

  /** As the browser's own lists, it has what is there when it is looked at. */
  function fieldsNamed(name: string): Iterable<object> {
    return {
      *[Symbol.iterator]() {
        if (name === 'input') yield* fields;
      },
    };
  }

  async function aRecorder(...answers: typeof permissions) {
    permissions = answers;
    const recorder = startRecorder(
      page,
      {
        mayRecord: async (isMuted) => {
          askedMuted.push(isMuted);
          const answer = await (permissions.shift() ?? no);
          if (answer instanceof Error) throw answer;
          return answer;
        },
        send: (message) => {
          if (sendFails) return Promise.reject(new Error('context invalidated'));
          sent.push(message);
          return Promise.resolve({ kind: 'stored' });
        },
        tellSensitive: (news) => {
          told.push(news);
          return Promise.resolve();
        },
        isConnected: () => isConnected,
        isRecorded: () => false,
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

  /** A password field, which the person is in. */
  function aPasswordField(): object {
    const field: Record<string, unknown> = { localName: 'input', type: 'password' };
    field.getRootNode = () => ({ activeElement: field });
    return field;
  }

  async function goTo(pathname: string) {
    page.location.pathname = pathname;
    navigation.dispatchEvent(new Event('currententrychange'));
    await vi.advanceTimersByTimeAsync(600);
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

  it('tells a pause or an address left out as a gap, and nothing of time under another consent', async () => {
    const recorder = await aRecorder(yes, yes, { recording: false, elsewhere: true }, yes, {
      ...yes,
      permit: 'another',
    });
    const gaps = () => sent.flatMap(({ fragments }) => fragments);
    expect(gaps()).toEqual([]);
    recorder.stop();
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    expect(gaps()).toMatchObject([{ kind: 'gap', reason: 'paused' }]);
    await goTo('/private');
    await goTo('/account');
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    expect(gaps()).toMatchObject([{ reason: 'paused' }, { reason: 'excluded' }]);
    recorder.stop();
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    expect(captures).toHaveLength(4);
    expect(gaps()).toHaveLength(2);
  });

  it('tells a background that could not be asked as what it was, not as a pause', async () => {
    const recorder = await aRecorder(yes, new Error('no answer'), yes);
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    recorder.askAgain();
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
    expect(sent.flatMap(({ fragments }) => fragments)).toMatchObject([
      { kind: 'gap', reason: 'workerUnreachable' },
    ]);
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
    const recorder = await aRecorder(yes, { ...yes, scopes: ['pointer'], permit: 'another' });
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
    await vi.advanceTimersByTimeAsync(MESSAGE_INTERVAL_MS);
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

  describe('on a page that asks for secrets', () => {
    it('does not begin, and tells so', async () => {
      fields = [aPasswordField()];
      await aRecorder(yes);
      expect(captures).toEqual([]);
      expect(told).toEqual([{ permit: 'one', dropped: 0, isLeaving: false }]);
    });

    it('ends, drops and tells before a message is sent that the page turned sensitive under', async () => {
      await aRecorder(yes);
      captures[0]!.report(aGap);
      captures[0]!.report(aGap);
      fields = [aPasswordField()];
      await vi.advanceTimersByTimeAsync(10_000);
      expect(sent).toEqual([]);
      expect(captures[0]!.signal.aborted).toBe(true);
      expect(told).toEqual([{ permit: 'one', dropped: 2, isLeaving: false }]);
    });

    it.each(['pointerdown', 'focusin', 'submit'])(
      'ends at a %s, before any watcher sees it',
      async (type) => {
        await aRecorder(yes);
        const seen = vi.fn();
        page.addEventListener(type, () => void seen(captures[0]!.signal.aborted));
        fields = [aPasswordField()];
        dispatch(type);
        expect(seen).toHaveBeenCalledWith(true);
      },
    );

    it('ends while it is being left, and says that what follows is another page', async () => {
      await aRecorder(yes);
      captures[0]!.report(aGap);
      fields = [aPasswordField()];
      dispatch('pagehide');
      captures[0]!.onLeaving();
      expect([sent, told]).toEqual([[], [{ permit: 'one', dropped: 1, isLeaving: true }]]);
    });

    it('does not begin again when the field is gone, nor when asked to, but with another view', async () => {
      fields = [aPasswordField()];
      const recorder = await aRecorder(yes, yes, yes);
      fields = [];
      recorder.askAgain();
      await vi.advanceTimersByTimeAsync(60_000);
      expect([captures, askedMuted]).toEqual([[], [false, true]]);
      await goTo('/tickets');
      expect([captures.length, askedMuted]).toEqual([1, [false, true, false]]);
    });

    it('does not begin again with another view that still shows the field, until one does not', async () => {
      fields = [aPasswordField()];
      await aRecorder(yes, yes);
      await goTo('/account/code');
      await vi.advanceTimersByTimeAsync(10_000);
      expect([captures.length, askedMuted]).toEqual([0, [false]]);
      fields = [];
      await goTo('/tickets');
      expect(captures).toHaveLength(1);
    });

    it('takes a changed query for the same view', async () => {
      fields = [aPasswordField()];
      await aRecorder(yes, yes);
      fields = [];
      navigation.dispatchEvent(new Event('currententrychange'));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(captures).toEqual([]);
    });

    it('still takes a field for a password that shows its text now', async () => {
      const field = aPasswordField() as { type: string; getAttribute: () => null; matches: () => false };
      Object.assign(field, { getAttribute: () => null, matches: () => false });
      fields = [field];
      await aRecorder(yes, yes);
      field.type = 'text';
      await goTo('/tickets');
      expect(captures).toEqual([]);
    });

    it('ends when another frame says so, and looks again when told to', async () => {
      const recorder = await aRecorder(yes, yes);
      captures[0]!.report(aGap);
      recorder.mute();
      await vi.advanceTimersByTimeAsync(10_000);
      expect([sent, told]).toEqual([[], []]);
      recorder.lookAgain();
      await vi.advanceTimersByTimeAsync(0);
      expect(captures).toHaveLength(2);
    });

    it('never mistakes an answer that comes late for a yes', async () => {
      let answer!: (permission: Permission) => void;
      const recorder = await aRecorder(new Promise((resolve) => (answer = resolve)));
      recorder.mute();
      answer(yes);
      await vi.advanceTimersByTimeAsync(0);
      expect(captures).toEqual([]);
    });
  });
});
