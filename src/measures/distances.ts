/**
 * The letter's three measures (Gao et al. 2018, Table II), on any set of centres:
 * D1 is the mean distance of a sample to its own centre (intraclass, smaller is tighter), D2 the mean
 * distance over pairs of centres, D3 the mean distance of a sample to the other centres (interclass,
 * larger is wider). D2/D1 has no unit and compares runs of different scale.
 */

import { classesWithCentre, classMeans, type LabelledFeatures } from './classes.ts';
import { distanceBetween } from './euclidean.ts';
import { type Measure, type MeasureContext, seenCentres, seenSamples } from './measure.ts';

export interface LetterMeasures {
  readonly D1: number;
  readonly D2: number;
  readonly D3: number;
}

/**
 * @param centres [classes × dim]; a class whose centre is not finite (it has no samples) takes no part
 * @returns NaN where nothing can be averaged: no samples, or fewer than two centres
 */
export function letterMeasures(
  { features, labels, dim }: LabelledFeatures,
  centres: Float32Array,
): LetterMeasures {
  const present = classesWithCentre(centres, dim);
  let own = 0;
  let ownCount = 0;
  let others = 0;
  let othersCount = 0;
  for (let i = 0; i < labels.length; i++) {
    for (const j of present) {
      const distance = distanceBetween(features, i, centres, j, dim);
      if (j === labels[i]) {
        own += distance;
        ownCount++;
      } else {
        others += distance;
        othersCount++;
      }
    }
  }
  let pairs = 0;
  let pairCount = 0;
  for (const [position, j] of present.entries()) {
    for (const k of present.slice(position + 1)) {
      pairs += distanceBetween(centres, j, centres, k, dim);
      pairCount++;
    }
  }
  return { D1: own / ownCount, D2: pairs / pairCount, D3: others / othersCount };
}

const IN_LETTER =
  'In the letter’s Table II, which does not say whether its centres are class means, as here, or learned.';

function onMeans(context: MeasureContext): LetterMeasures {
  const seen = context.once(seenSamples);
  return letterMeasures(seen, classMeans(seen));
}

function onCentres(context: MeasureContext): LetterMeasures {
  return letterMeasures(context.once(seenSamples), context.once(seenCentres));
}

/** Digits of the letter's own table would be one; a column on the page has room for three. */
const COMMON = { digits: 2, when: 'snapshot' } as const;
const COLUMN_DIGITS = 3;

export const DISTANCES: readonly Measure[] = [
  {
    ...COMMON,
    name: 'D1',
    title: 'D1',
    sentence: 'Mean distance of a sample to the mean of its own class: smaller is more compact.',
    tex: String.raw`\tfrac1N\sum_i \lVert x_i-\mu_{y_i}\rVert`,
    letter: IN_LETTER,
    better: 'lower',
    scale: 'arbitrary',
    shown: {
      panel: {},
      column: { order: 5, digits: COLUMN_DIGITS },
      chart: { order: 3, title: 'D1, to own class' },
      summary: 'mean distance to the own class mean',
    },
    compute: (context) => context.once(onMeans).D1,
  },
  {
    ...COMMON,
    name: 'D2',
    title: 'D2',
    sentence: 'Mean distance over all pairs of class means: larger is more separated.',
    tex: String.raw`\operatorname{mean}_{j<k}\lVert \mu_j-\mu_k\rVert`,
    letter: IN_LETTER,
    better: 'higher',
    scale: 'arbitrary',
    shown: {
      panel: {},
      column: { order: 6, digits: COLUMN_DIGITS },
      chart: { order: 4, title: 'D2, between classes' },
      summary: 'between class means',
    },
    compute: (context) => context.once(onMeans).D2,
  },
  {
    ...COMMON,
    name: 'D3',
    title: 'D3',
    sentence: 'Mean distance of a sample to the means of the other classes.',
    tex: String.raw`\operatorname{mean}_{i,\,j\neq y_i}\lVert x_i-\mu_j\rVert`,
    letter: IN_LETTER,
    better: 'higher',
    scale: 'arbitrary',
    shown: {
      panel: {},
      column: { order: 7, digits: COLUMN_DIGITS },
      chart: { order: 5, title: 'D3, to other classes' },
    },
    compute: (context) => context.once(onMeans).D3,
  },
  {
    ...COMMON,
    name: 'D2OverD1',
    title: 'D2/D1',
    sentence: 'Separation divided by spread: without a unit, so that runs of different scale compare.',
    tex: 'D_2/D_1',
    better: 'higher',
    shown: { column: { order: 1, digits: COLUMN_DIGITS }, chart: { order: 2 } },
    compute: (context) => context.once(onMeans).D2 / context.once(onMeans).D1,
  },
  {
    ...COMMON,
    name: 'D1OnCentres',
    title: 'D1 on learned centres',
    heading: 'D1 on centres',
    sentence: 'As D1, with the centre that the run has learnt in place of the class mean.',
    tex: String.raw`\tfrac1N\sum_i \lVert x_i-c_{y_i}\rVert`,
    better: 'lower',
    scale: 'arbitrary',
    compute: (context) => context.once(onCentres).D1,
  },
  {
    ...COMMON,
    name: 'D2OnCentres',
    title: 'D2 on learned centres',
    heading: 'D2 on centres',
    sentence: 'As D2, with the learned centres.',
    tex: String.raw`\operatorname{mean}_{j<k}\lVert c_j-c_k\rVert`,
    better: 'higher',
    scale: 'arbitrary',
    compute: (context) => context.once(onCentres).D2,
  },
  {
    ...COMMON,
    name: 'D3OnCentres',
    title: 'D3 on learned centres',
    heading: 'D3 on centres',
    sentence: 'As D3, with the learned centres.',
    tex: String.raw`\operatorname{mean}_{i,\,j\neq y_i}\lVert x_i-c_j\rVert`,
    better: 'higher',
    scale: 'arbitrary',
    compute: (context) => context.once(onCentres).D3,
  },
];
