/**
 * A sample of what an audit could ask, since more of it would cost time and tell nothing more.
 */
import { randomInt, type Random } from '../../../src/trace/random.ts';

/** At most so many of the items, each as likely to be among them. */
export function sampled<Item>(items: readonly Item[], most: number, random: Random): Item[] {
  const kept: Item[] = items.slice(0, most);
  for (let index = most; index < items.length; index += 1) {
    const place = randomInt(random, index + 1);
    if (place < most) kept[place] = items[index]!;
  }
  return kept;
}
