import { describe, expect, it } from 'vitest';
import { RISK_FIGURES, UTILITY_FIGURES } from '../src/trace/risk-figures.ts';
import { drawRisk } from './risk-picture.ts';

const MARKS = 4 * 2;
const labels = (picture: string) => picture.match(/font-weight="600">(raw|linked|balanced|strict)</g) ?? [];

describe('the picture of risk', () => {
  it('shows every level in both panels, and says in words what it shows', () => {
    const picture = drawRisk(RISK_FIGURES, UTILITY_FIGURES);
    expect(labels(picture)).toHaveLength(MARKS);
    const eer = Math.round(100 * RISK_FIGURES.balanced.record!.rhythm!.eer);
    expect(picture).toContain(`balanced: equal error rate ${eer} %`);
  });

  it('keeps all marks inside', () => {
    const picture = drawRisk(RISK_FIGURES, UTILITY_FIGURES);
    for (const [, x, y] of picture.matchAll(/<circle cx="([\d.-]+)" cy="([\d.-]+)"/g)) {
      expect(Number(x)).toBeGreaterThan(60);
      expect(Number(x)).toBeLessThan(740);
      expect(Number(y)).toBeGreaterThan(70);
      expect(Number(y)).toBeLessThan(330);
    }
  });

  it('leaves out what was not measured', () => {
    const picture = drawRisk({ ...RISK_FIGURES, strict: {} }, UTILITY_FIGURES);
    expect(labels(picture)).toHaveLength(MARKS - 2);
    expect(picture).not.toContain('NaN');
    expect(picture).not.toContain('undefined');
  });
});
