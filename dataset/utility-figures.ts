/**
 * Generated from the last utility benchmark (bench/results) by `npm run generate`; not to be edited.
 */
import type { UtilityFiguresByLevel } from './utility-figure.ts';

export const TRAINING_FIGURES: UtilityFiguresByLevel = { linked: [], balanced: [], strict: [] };
