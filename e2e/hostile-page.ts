/**
 * A page that fights the recorder: it lies about everything a script can ask of it, floods it with events, and is far
 * larger and deeper than any page that people work in.
 *
 * Its script keeps the browser's own functions before it replaces them, and is driven by `Runtime.evaluate`: what the
 * test tool runs in pages would be lied to as well.
 */

/** Controls of the page: where each lies, and its name, which the public vocabulary knows. */
export const HOSTILE_CONTROLS = {
  save: [50, 25],
  cancel: [150, 25],
  field: [260, 25],
  more: [400, 25],
  next: [50, 85],
  delete: [300, 85],
  close: [420, 85],
  giant: [550, 85],
} as const;

const at = ([xPx, yPx]: readonly [number, number], more = '') =>
  `style="position:absolute;left:${xPx - 40}px;top:${yPx - 15}px;width:80px;height:30px;${more}"`;

/** @param secret is in everything of the page that a recorder could take with it. */
export function hostilePage(secret: string): string {
  return `<!doctype html><title>${secret}</title><body style="margin:0" data-note="${secret}" class="${secret}">
    <button ${at(HOSTILE_CONTROLS.save)}>Save</button>
    <button ${at(HOSTILE_CONTROLS.cancel)}>Cancel</button>
    <input id=field title="${secret}" ${at(HOSTILE_CONTROLS.field)}>
    <button id=more ${at(HOSTILE_CONTROLS.more)}>More</button>
    <iframe srcdoc="<body style=margin:0><button style='width:80px;height:30px'>Next</button>"
      ${at(HOSTILE_CONTROLS.next, 'border:0')}></iframe>
    <div id=roots ${at(HOSTILE_CONTROLS.delete)}></div>
    <div id=deep ${at(HOSTILE_CONTROLS.close)}></div>
    <button id=giant ${at(HOSTILE_CONTROLS.giant)}>Open</button>
    <form id=form style="position:absolute;top:200px" onsubmit="event.preventDefault()"><input id=other></form>
    <form id=invalid><input id=needed required></form>
    <div data-proffer-ignore><input id=ignored></div>
    <dialog id=dialog>${secret}</dialog><div id=bubble popover=manual>${secret}</div>
    <div role=dialog id=made hidden><button id=inside>${secret}</button></div>
    <div id=heap style="position:absolute;top:2000px"></div>
    <div style="position:absolute;top:9000px">end</div>
    <script>const secret = '${secret}'; (${attack.toString()})(secret);</script></body>`;
}

/** What the page can be told to do. */
export interface Hostile {
  /** 1,000 frames, most of them empty. */
  addFrames(): void;
  /** 10,000 shadow roots, hundreds of levels, attributes of a million characters. */
  grow(): void;
  /** Events that no person caused, for as long as asked. */
  flood(durationMs: number): void;
  /** What a page can provoke of events that browsers call trusted, for as long as asked. */
  provoke(durationMs: number): void;
  /** Replaces whatever of the language and the browser can be replaced. */
  poison(): void;
  /** How many events it has sent. */
  sent: number;
  /** Which of the replaced things were used since; `said()` writes it down. */
  used: Record<string, number>;
}

declare const globalThis: Window & typeof global & { hostile: Hostile; said: () => string };

/** Runs in the page, as text: nothing of this file can be reached from it. */
function attack(secret: string): void {
  const element = (id: string) => document.getElementById(id)!;
  const { now } = { now: performance.now.bind(performance) };
  const dispatch = EventTarget.prototype.dispatchEvent;
  const apply = Reflect.apply;
  const bind = (call: (...args: never[]) => unknown, target: unknown) => call.bind(target as never);
  const fields = ['field', 'other', 'ignored', 'inside'].map((id) => element(id));
  const focuses = fields.map((field) => bind(HTMLElement.prototype.focus, field));
  const [dialog, bubble, made] = ['dialog', 'bubble', 'made'].map((id) => element(id)) as [
    HTMLDialogElement,
    HTMLElement,
    HTMLElement,
  ];
  const history_ = history;
  // By its name, since it is old; pages use it all the same.
  const byCommand = (document as unknown as Record<string, (...args: unknown[]) => boolean>)['execCommand']!;
  const command = (name: string) => () => void apply(byCommand, document, [name, false, secret]);
  const push = History.prototype.pushState;
  let moved = 0;
  const provocations: (() => void)[] = [
    ...focuses,
    bind(HTMLFormElement.prototype.requestSubmit, element('form')),
    bind(HTMLFormElement.prototype.reportValidity, element('invalid')),
    bind(HTMLDialogElement.prototype.show, dialog),
    bind(HTMLDialogElement.prototype.close, dialog),
    bind(HTMLElement.prototype.togglePopover, bubble),
    () => (made.hidden = !made.hidden),
    () => window.scrollTo(0, (moved = (moved + 100) % 4000)),
    () => apply(push, history_, [{ secret }, secret, `/${secret}/${moved}?${secret}#${secret}`]),
    ...['selectAll', 'copy', 'insertText'].map((name) => command(name)),
    bind(HTMLInputElement.prototype.select, fields[0]),
  ];
  const events = [
    ...['pointerdown', 'pointermove', 'pointerup'].map((type) => new PointerEvent(type, { bubbles: true })),
    ...['mousedown', 'mouseup', 'click', 'dblclick'].map((type) => new MouseEvent(type, { bubbles: true })),
    ...['keydown', 'keyup'].map((type) => new KeyboardEvent(type, { key: secret, bubbles: true })),
    new WheelEvent('wheel', { deltaY: 100, bubbles: true }),
    new InputEvent('beforeinput', { data: secret, inputType: 'insertText', bubbles: true }),
    new FocusEvent('focusin', { bubbles: true }),
    ...['scroll', 'submit', 'change', 'copy', 'pagehide', secret].map(
      (type) => new Event(type, { bubbles: true }),
    ),
  ];
  /** Calls again and again without the page ever resting for long. */
  const goOn = (durationMs: number, once: (turn: number) => void) => {
    const endMs = now() + durationMs;
    const channel = new MessageChannel();
    const { port1, port2 } = channel;
    const post = MessagePort.prototype.postMessage;
    let turn = 0;
    port1.onmessage = () => {
      for (const sliceMs = now() + 20; now() < sliceMs;) once(turn++);
      if (now() < endMs) apply(post, port2, [0]);
    };
    apply(post, port2, [0]);
  };
  const write = JSON.stringify;
  globalThis.said = () => write(hostile.used);
  const hostile: Hostile = (globalThis.hostile = {
    sent: 0,
    used: Object.create(null) as Record<string, number>,
    addFrames() {
      const heap = element('heap');
      const frames = document.createDocumentFragment();
      for (let index = 0; index < 1000; index++) {
        const frame = document.createElement('iframe');
        frame.width = frame.height = '2';
        frame.name = secret;
        if (index % 10 === 0) frame.srcdoc = `<button>${secret}</button>`;
        frames.append(frame);
      }
      heap.append(frames);
    },
    grow() {
      const heap = element('heap');
      for (let index = 0; index < 9500; index++) {
        const host = document.createElement('div');
        host.attachShadow({ mode: index % 2 ? 'open' : 'closed' }).innerHTML = `<input title=${secret}>`;
        heap.append(host);
      }
      /** Nested so far that whatever calls itself for each level has no room left. */
      const nest = (outer: Node, levels: number, within: (inner: HTMLElement) => Node) => {
        for (let level = 0; level < levels; level++) {
          const inner = document.createElement('div');
          inner.style.display = 'contents';
          outer.appendChild(inner);
          outer = within(inner);
        }
        return outer as ParentNode;
      };
      const button = (name: string) => {
        const made = document.createElement('button');
        made.style.cssText = 'width:80px;height:30px';
        made.textContent = name;
        return made;
      };
      nest(element('roots'), 500, (inner) => inner.attachShadow({ mode: 'open' })).append(button('Delete'));
      nest(element('deep'), 400, (inner) => inner).append(button('Close'));
      const giant = element('giant');
      const long = `${secret} `.repeat(70_000);
      for (const name of [
        'id',
        'class',
        'title',
        'aria-labelledby',
        'aria-describedby',
        'role',
        'autocomplete',
        secret,
      ])
        giant.setAttribute(name, name === 'role' ? `${long} button` : long);
    },
    flood(durationMs) {
      const target = element('field');
      goOn(durationMs, (turn) => {
        apply(dispatch, target, [events[turn % events.length]]);
        hostile.sent++;
      });
    },
    provoke(durationMs) {
      goOn(durationMs, (turn) => {
        provocations[turn % provocations.length]!();
        hostile.sent++;
      });
    },
    poison() {
      const { used } = hostile;
      const { defineProperty } = Object;
      const { ownKeys, getOwnPropertyDescriptor } = Reflect;
      const lie = (owner: object, name: string) => {
        const said = `${name} ${secret}`;
        const liar = function () {
          used[name] = (used[name] ?? 0) + 1;
          return said;
        };
        const keys = ownKeys(owner);
        // By number: what arrays are gone through by is lied about as well.
        for (let index = 0; index < keys.length; index++) {
          const key = keys[index]!;
          const was = getOwnPropertyDescriptor(owner, key)!;
          if (!was.configurable || key === 'constructor') continue;
          const isCalled = typeof was.value === 'function';
          if (isCalled) defineProperty(owner, key, { ...was, value: liar });
          else if (was.get) defineProperty(owner, key, { ...was, get: liar });
        }
      };
      const owners: [string, object][] = [];
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        // The page's own means to go on.
        if (/^(hostile|document|window|MessagePort|MessageChannel|MessageEvent)$/.test(name)) continue;
        const value = (globalThis as unknown as Record<string, unknown>)[name];
        if (typeof value === 'function' && value.prototype) owners.push([name, value.prototype as object]);
        if (/^(JSON|Math|Reflect|Object|Array|Promise|Symbol|Number)$/.test(name))
          owners.push([`${name}.`, value as object]);
      }
      const names = Object.getOwnPropertyNames(globalThis).filter((name) =>
        /^(request|cancel|set|clear|get|queue)/.test(name),
      );
      for (const name of names)
        defineProperty(globalThis, name, {
          configurable: true,
          get: () => (used[name] = (used[name] ?? 0) + 1),
        });
      for (let index = 0; index < owners.length; index++) lie(owners[index]![1], owners[index]![0]);
    },
  });
  element('more').onclick = () => {
    for (let turn = 0; turn < 100 * provocations.length; turn++) provocations[turn % provocations.length]!();
    hostile.provoke(700);
  };
}
