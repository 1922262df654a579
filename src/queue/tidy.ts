/**
 * The last of a withdrawal: once nothing that was sent can or must be erased any more, nothing is left to count.
 *
 * Background only, inside the transaction of a change.
 */
import type { Books } from './books.ts';

/** What outlives a withdrawal for as long as something that was sent can be erased. */
const KEPT_FOR_ERASING = ['deviceKey', 'counter', 'withdrawn'];

/** Does nothing while consent is given. */
export async function tidyAfterWithdrawal(books: Books): Promise<void> {
  const meta = books.store('meta');
  if ((await meta.get('withdrawn')) === undefined) return;
  if ((await books.store('records').count()) + (await books.store('erasures').count()) > 0) return;
  for (const name of KEPT_FOR_ERASING) await meta.delete(name);
  books.forgetAccounts();
}
