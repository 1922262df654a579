/**
 * The few messages between page, background and the extension's own pages, each with its one allowed sender.
 *
 * A name begins with its sender. A typed message is still untrusted input: `page:*` must come from a tab's content
 * script of this extension, `linked:*` from the consent page for level `linked`, `data:*` from the pages where a person
 * sees their data, everything else from the extension's own origin, and payloads are parsed by the step that takes them.
 */
import { browser, type Browser } from 'wxt/browser';
import type { Scope } from './charter/charter.ts';
import type { RawMessage } from './capture/fragments.ts';
import type { SensitiveNews } from './capture/background-channel.ts';
import type { Selection } from './queue/selection.ts';
import type { AccessLog } from './trace/collector-api.ts';
import type { PublishedKind } from './trace/record.ts';
import type { SendResult } from './upload/outcome.ts';

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

/** What came of sending: of the last batch, if there was more than one. */
export interface SendAnswer {
  kind: SendResult;
}

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
    answer: SendAnswer;
  };
  /** Ask the collector to erase everything that this installation has sent. */
  'popup:erase-sent': { request: { atOnce: boolean }; answer: { requested: number } };
  /** Forget which records were sent; they can then no longer be erased. */
  'popup:forget-sent': { request: Record<string, never>; answer: { kind: 'done' } };
  /** The person marks a task, while looking at a tab. */
  'popup:mark-task': { request: { mark: TaskMark; task: string; tabId: number }; answer: TaskMarkAnswer };
  /** The person agrees to level `linked`, for these scopes of the charter that was shown. */
  'linked:agreed': {
    request: { charterHash: string; scopes: Scope[] };
    answer: { kind: 'done' | 'charter-different' };
  };
  /**
   * Delete what has not been sent: can be undone until the page is left, unless `undoable` is false.
   *
   * `fragments`: how many movements, typing runs' records and steps that are.
   */
  'data:delete': {
    request: { selection: Selection; undoable?: boolean };
    answer: { kind: 'done'; deletionId: string; fragments: number };
  };
  /** Bring back what one deletion took; `gone`: it is too late. */
  'data:undo': {
    request: { deletionId: string };
    answer: { kind: 'done'; fragments: number } | { kind: 'gone' };
  };
  /** The page is left: what was deleted is destroyed. */
  'data:settle': { request: Record<string, never>; answer: { kind: 'done' } };
  /** Send before the hold is over: what is selected, or with no selection everything. */
  'data:send-now': { request: { selection?: Selection }; answer: SendAnswer };
  /** Hold everything longer than the charter has it held, by so many hours (0 to 168); 0 takes that back. */
  'data:lengthen-hold': { request: { hours: number }; answer: { kind: 'done' } };
  /** Ask the collector to erase what was sent: lines of the ledger, or all. */
  'data:erase': {
    request: { lines: { day: string; app: string; kind: PublishedKind }[] | 'all'; atOnce: boolean };
    /** How many requests there are now. */
    answer: { requested: number };
  };
  /** Ask the collector who has read what. `off`: nothing may be asked while consent is not given. */
  'data:access-log': {
    request: Record<string, never>;
    answer: { kind: 'read'; log: AccessLog } | { kind: 'unreachable' | 'off' };
  };
}
export type MessageName = keyof Messages;

/** Where the person sees, replays and deletes everything. */
export const MY_DATA_PAGE = '/my-data.html';

/** The one page that may send `linked:*`. */
export const LINKED_PAGE = '/linked.html';
/** The pages that may send `data:*`. */
export const DATA_PAGES = [MY_DATA_PAGE, '/popup.html'];
/** Held (shared) by each My data page that is open, so that what is deleted there can be undone until it is left. */
export const MY_DATA_LOCK = 'proffer my-data';

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
