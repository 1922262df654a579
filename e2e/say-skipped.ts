/**
 * Says of each test that was skipped why, since Playwright's own lists do not.
 *
 * Runs in Node, at the end of every run of the end-to-end tests.
 */
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** A class, since that is what Playwright takes. */
export default class SaySkipped implements Reporter {
  readonly #skipped: string[] = [];

  onTestEnd(test: TestCase, { status, annotations }: TestResult): void {
    if (status !== 'skipped') return;
    const reason = annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason is given';
    this.#skipped.push(`${test.title}: ${reason}`);
  }

  onEnd(): void {
    for (const line of this.#skipped) console.error(`skipped: ${line}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
