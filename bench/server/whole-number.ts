/**
 * Reads a number that a command was given.
 *
 * @throws Error that names the option when it is not a whole number from 1.
 */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${option}: must be a whole number from 1`);
  return value;
}
