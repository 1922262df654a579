/**
 * One listener for all messages to the background: checks who sends, then hands over.
 *
 * A message from anyone but its one allowed sender gets no answer at all.
 */
import { browser, type Browser } from 'wxt/browser';
import { DATA_PAGES, LINKED_PAGE, type MessageHandlers, type MessageName } from './messages.ts';

/** Listens until the worker ends. */
export function receiveMessages(handlers: MessageHandlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    const name = nameOf(message);
    if (name === undefined || !(name in handlers) || !maySend(name, sender)) return false;
    handlers[name]((message as { request?: unknown }).request, sender).then(respond, (error: unknown) => {
      // The sender sees no answer and tries again; the name of the fault is all that is said of it.
      console.error('proffer', name, error instanceof Error ? error.name : 'error');
      respond(undefined);
    });
    return true;
  });
}

function nameOf(message: unknown): MessageName | undefined {
  const name = (message as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? (name as MessageName) : undefined;
}

/** `page:*` only from a content script in a tab, `linked:*` and `data:*` only from their own pages, all others from any. */
function maySend(name: MessageName, sender: Browser.runtime.MessageSender): boolean {
  if (sender.id !== browser.runtime.id) return false;
  const isOwnPage = sender.url?.startsWith(browser.runtime.getURL('/')) ?? false;
  if (name.startsWith('page:')) return sender.tab !== undefined && !isOwnPage;
  if (!isOwnPage) return false;
  const { pathname } = new URL(sender.url!);
  if (name.startsWith('linked:')) return pathname === LINKED_PAGE;
  return !name.startsWith('data:') || DATA_PAGES.includes(pathname);
}
