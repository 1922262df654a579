/**
 * Generated from the last audit of recorded people (bench/results) by `npm run generate`; not to be edited.
 */
import type { RiskFigure, RiskFigures, UtilityFigures } from './risk-figure.ts';

export const RISK_FIGURES: RiskFigures = {
  raw: {
    record: {
      motion: {
        amount: 'record',
        known: 7,
        people: 80,
        top1: 0.2516,
        low: 0.1844,
        high: 0.3172,
        eer: 0.1984,
        ofTen: 0.5457,
      },
      rhythm: {
        amount: 'record',
        known: 7,
        people: 229,
        top1: 0.3307,
        low: 0.2979,
        high: 0.369,
        eer: 0.0904,
        ofTen: 0.8174,
      },
    },
    linked: {
      motion: {
        amount: '60 s',
        known: 1,
        people: 80,
        top1: 0.75,
        low: 0.6563,
        high: 0.8375,
        eer: 0.075,
        ofTen: 0.886,
      },
      rhythm: {
        amount: '330 keys',
        known: 1,
        people: 237,
        top1: 0.8945,
        low: 0.8565,
        high: 0.9283,
        eer: 0.0085,
        ofTen: 0.9898,
      },
    },
  },
  linked: {
    record: {
      motion: {
        amount: 'record',
        known: 7,
        people: 80,
        top1: 0.05,
        low: 0.0313,
        high: 0.0766,
        eer: 0.3547,
        ofTen: 0.2398,
      },
      rhythm: {
        amount: 'record',
        known: 7,
        people: 236,
        top1: 0.0825,
        low: 0.0601,
        high: 0.1081,
        eer: 0.186,
        ofTen: 0.5296,
      },
    },
    linked: {
      motion: {
        amount: '60 s',
        known: 1,
        people: 80,
        top1: 0.5,
        low: 0.4125,
        high: 0.6062,
        eer: 0.1125,
        ofTen: 0.7502,
      },
      rhythm: {
        amount: '330 keys',
        known: 1,
        people: 237,
        top1: 0.4937,
        low: 0.4304,
        high: 0.5612,
        eer: 0.0518,
        ofTen: 0.9023,
      },
    },
  },
  balanced: {
    record: {
      motion: {
        amount: 'record',
        known: 7,
        people: 80,
        top1: 0.0203,
        low: 0.0109,
        high: 0.0313,
        eer: 0.406,
        ofTen: 0.1729,
      },
      rhythm: {
        amount: 'record',
        known: 7,
        people: 233,
        top1: 0.0214,
        low: 0.012,
        high: 0.0318,
        eer: 0.3551,
        ofTen: 0.2413,
      },
    },
    linked: {
      motion: {
        amount: '60 s',
        known: 1,
        people: 80,
        top1: 0.3812,
        low: 0.275,
        high: 0.475,
        eer: 0.1999,
        ofTen: 0.6325,
      },
      rhythm: {
        amount: '330 keys',
        known: 1,
        people: 237,
        top1: 0.1055,
        low: 0.0675,
        high: 0.1477,
        eer: 0.1826,
        ofTen: 0.5637,
      },
    },
  },
  strict: {
    record: {
      motion: {
        amount: 'record',
        known: 7,
        people: 80,
        top1: 0.0187,
        low: 0.0094,
        high: 0.0297,
        eer: 0.4365,
        ofTen: 0.1386,
      },
      rhythm: {
        amount: 'record',
        known: 7,
        people: 234,
        top1: 0.0106,
        low: 0.0049,
        high: 0.0171,
        eer: 0.4008,
        ofTen: 0.1782,
      },
    },
    linked: {
      motion: {
        amount: '60 s',
        known: 1,
        people: 80,
        top1: 0.15,
        low: 0.075,
        high: 0.2188,
        eer: 0.2063,
        ofTen: 0.5099,
      },
      rhythm: {
        amount: '330 keys',
        known: 1,
        people: 237,
        top1: 0.0928,
        low: 0.0591,
        high: 0.1308,
        eer: 0.2447,
        ofTen: 0.4498,
      },
    },
  },
};

/** Of simulated people, since no recorded workflows are at hand. */
export const SIMULATED_EPISODE_FIGURE: RiskFigure | undefined = undefined;

/** By level and measure, raw data included. */
export const UTILITY_FIGURES: UtilityFigures = {
  'raw movementEndErrorPx': { value: 40.5501, baseline: 55.8831 },
  'raw nextIntervalR2': { value: 0.3147, baseline: 0 },
  'raw pauseAuc': { value: 0.7936, baseline: 0.5 },
  'raw correctionAuc': { value: 0.7844, baseline: 0.5 },
  'linked movementEndErrorPx': { value: 41.8291, baseline: 55.952 },
  'linked nextIntervalR2': { value: 0.3071, baseline: 0 },
  'linked pauseAuc': { value: 0.7974, baseline: 0.5 },
  'linked correctionAuc': { value: 0.7925, baseline: 0.5 },
  'balanced movementEndErrorPx': { value: 42.6254, baseline: 55.7212 },
  'balanced nextIntervalR2': { value: -0.0509, baseline: 0 },
  'balanced pauseAuc': { value: 0.6989, baseline: 0.5 },
  'balanced correctionAuc': { value: 0.7752, baseline: 0.5 },
  'strict movementEndErrorPx': { value: 118.8268, baseline: 55.9559 },
  'strict nextIntervalR2': { value: -0.0865, baseline: 0 },
  'strict pauseAuc': { value: 0.3946, baseline: 0.5 },
  'strict correctionAuc': { value: 0.7718, baseline: 0.5 },
};
