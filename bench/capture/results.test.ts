import { describe, expect, it } from 'vitest';
import { PAGE_FIGURES, quantile, summarize, type VisitFigures } from './results.ts';

const visit = (selfMsPerMinute: number): VisitFigures => ({
  ...(Object.fromEntries(PAGE_FIGURES.map((figure) => [figure, 0])) as VisitFigures),
  selfMsPerMinute,
});

describe('results', () => {
  it('shows the median of the rounds, and the worst page at the top', () => {
    const result = summarize({
      visits: {
        form: [visit(10), visit(30), visit(20)],
        nodes: [visit(5), visit(500), visit(40)],
        typing: [visit(1), visit(1), visit(1)],
      },
      bytesPerPointerSample: [2, 4],
      bundleGzipBytes: 9,
    });
    expect(result.selfMsPerMinute).toBe(40);
    expect(result.pages.form.selfMsPerMinute).toBe(20);
    expect(result.spread.selfMsPerMinute).toEqual({ min: 5, max: 500 });
    expect(result.bytesPerPointerSample).toBe(3);
  });

  it('takes quantiles between values', () => {
    expect(quantile([1, 2], 0.5)).toBe(1.5);
    expect(quantile([3, 1, 2], 0.95)).toBeCloseTo(2.9);
    expect(quantile([], 0.5)).toBe(0);
  });
});
