/**
 * Randomness for protection: uniform and normal numbers, from the platform's cryptographic source by default.
 *
 * A parameter everywhere, so that tests can repeat a run. Never `Math.random`: its state can be guessed.
 */

/** Uniform in [0, 1). */
export type Random = () => number;

export const cryptoRandom: Random = () => {
  const words = crypto.getRandomValues(new Uint32Array(2));
  return (words[0]! * 2 ** 21 + (words[1]! >>> 11)) / 2 ** 53;
};

/** An integer from 0 to `below` - 1. */
export function randomInt(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** Normal with mean 0 and standard deviation 1 (Box and Muller, 1958). */
export function randomNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The items in random order (Fisher and Yates); the list given stays as it is. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = randomInt(random, index + 1);
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}
