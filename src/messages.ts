/**
 * The few messages between page, background and the extension's own pages, each with its one allowed sender.
 *
 * A name begins with its sender. A typed message is still untrusted input: `page:*` must come from a tab's content
 * script of this extension, `linked:*` from the consent page for level `linked`, everything else from the extension's
 * own origin, and payloads are parsed by the step that takes them.
 */
import { browser, type Browser } from 'wxt/browser';
import type { Scope } from './charter/charter.ts';
import type { RawMessage } from './capture/fragments.ts';
import type { SensitiveNews } from './capture/background-channel.ts';
import type { Selection } from './queue/delete.ts';

/** What a frame is told when it asks whether it may record. */
export type RecordingAnswer =
  /** `elsewhere`: not at this address; another one of the same document may be allowed. */
  | { recording: false; elsewhere: boolean }
  /** `permit` stands for what is in force now; a message that carries an older one is not taken. */
  | { recording: true; scopes: Scope[]; budgetMsPerMinute: number; permit: string };

/** What became of a message of fragments. */
export type FragmentsAnswer =
  /** Everything in it is in IndexedDB (or needed no record); the page may forget it. */
  | { kind: 'stored' }
  /** This frame may no longer record; the page drops what it has and stops. */
  | { kind: 'stop' }
  /** The page has become a sensitive place: the frame drops what it has and waits for another view. */
  | { kind: 'sensitive' }
  /** Could not be stored now; the page keeps it and tries again. */
  | { kind: 'try-later' };

/** What the person says of a task of the charter's list. */
export const TASK_MARKS = ['begun', 'done', 'givenUp'] as const;
export type TaskMark = (typeof TASK_MARKS)[number];

/** `no-view`: nothing was recorded in that tab yet that the task could be told with. */
export type TaskMarkAnswer = { kind: 'done' | 'not-recording' | 'no-view' };

export interface Messages {
  /** A frame asks whether it may record; `isMuted` if its view was found to be a sensitive place. */
  'page:may-record': { request: { isMuted: boolean }; answer: RecordingAnswer };
  /** A frame has found that its page asks for secrets: no more of this tab, and nothing of its last minute. */
  'page:sensitive': { request: SensitiveNews; answer: { kind: 'done' } };
  'page:fragments': { request: RawMessage; answer: FragmentsAnswer };
  /** The person has decided something (written to storage already): make it so in every tab before answering. */
  'popup:decided': { request: Record<string, never>; answer: { kind: 'done' } };
  /** Send what is due now; what is on hold as well if `includeHeld`. */
  'popup:send-now': {
    request: { includeHeld: boolean };
    answer: { kind: 'accepted' | 'try-later' | 'refused' | 'nothing-due' };
  };
  /** Ask the collector to erase everything that this installation has sent. */
  'popup:erase-sent': { request: { atOnce: boolean }; answer: { requested: number } };
  /** Forget which records were sent; they can then no longer be erased. */
  'popup:forget-sent': { request: Record<string, never>; answer: { kind: 'done' } };
  /** The person marks a task, while looking at a tab. */
  'popup:mark-task': { request: { mark: TaskMark; task: string; tabId: number }; answer: TaskMarkAnswer };
  /** Delete what was recorded; `undoable: false` is final at once. */
  'data:delete': {
    request: { selection: Selection; undoable?: boolean };
    answer: { kind: 'done'; deletionId: number; fragments: number };
  };
  /** The person agrees to level `linked`, for these scopes of the charter that was shown. */
  'linked:agreed': {
    request: { charterHash: string; scopes: Scope[] };
    answer: { kind: 'done' | 'charter-different' };
  };
}
export type MessageName = keyof Messages;

/** Where the person sees, replays and deletes everything. */
export const MY_DATA_PAGE = '/my-data.html';

/** The one page that may send `linked:*`. */
export const LINKED_PAGE = '/linked.html';

/**
 * Told to frames by the background: stop at once; ask again whether you may record; your page has become a sensitive
 * place; it shows another view, so look again whether it is one.
 */
export type BackgroundNotice = {
  notice: 'background:stop' | 'background:ask-again' | 'background:sensitive' | 'background:look-again';
};

export type MessageHandlers = {
  [Name in MessageName]: (
    request: unknown,
    sender: Browser.runtime.MessageSender,
  ) => Promise<Messages[Name]['answer']>;
};

/** Sends one message to the background. */
export function sendMessage<Name extends MessageName>(
  name: Name,
  request: Messages[Name]['request'],
): Promise<Messages[Name]['answer']> {
  return browser.runtime.sendMessage({ name, request });
}
