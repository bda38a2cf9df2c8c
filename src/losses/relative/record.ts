import type { TermRecord } from '../term.ts';

const own = (squared: boolean) =>
  squared ? String.raw`\lVert x_i-c_{y_i}\rVert^2` : String.raw`\lVert x_i-c_{y_i}\rVert`;
const rival = (squared: boolean) =>
  squared ? String.raw`\lVert x_i-c_j\rVert^2` : String.raw`\lVert x_i-c_j\rVert`;

export const relative = {
  id: 'relative',
  slot: 'metric',
  group: 'Centres',
  title: 'Relative margin',
  word: 'relative',
  sentence:
    'Asks only that the own centre be nearer than the others by α: nothing shrinks a class that is clear of them, so inner classes stay small and outer ones grow long. Its centres are trained; with moving ones it runs away.',
  symbol: 'J_V',
  tex: (knobs) => {
    const squared = knobs.squared === true;
    return knobs.variant === 'max'
      ? String.raw`\frac{1}{B}\sum_i\bigl[${own(squared)}-\min_{j\neq y_i}${rival(squared)}+\alpha\bigr]_+`
      : String.raw`\frac{1}{B}\sum_i\sum_{j\neq y_i}\bigl[${own(squared)}-${rival(squared)}+\alpha\bigr]_+`;
  },
  source: {
    text: 'Dogan, Glasmachers, Igel: A Unified View on Multi-class Support Vector Classification. JMLR 17, 2016 (relative margins); on distances: ours',
    url: 'https://jmlr.org/papers/v17/11-229.html',
  },
  weight: 1,
  knobs: [
    {
      kind: 'choice',
      key: 'variant',
      word: 'Rival centres',
      options: [
        { value: 'sum', title: 'All' },
        { value: 'max', title: 'The nearest' },
      ],
      default: 'sum',
      help: 'Whether every centre that is too near pushes, or only the nearest of another class.',
    },
    {
      kind: 'flag',
      key: 'squared',
      word: 'Squared distances',
      default: false,
      help: 'Compare squared distances: boundaries are straight lines then, and the push does not depend on where a sample is.',
    },
    {
      kind: 'number',
      key: 'alpha',
      symbol: 'α',
      word: 'nearer by',
      unit: 'feature units',
      range: [0, 64],
      step: 0.5,
      default: 8,
      tried: [4],
      help: 'By how much the own centre must be nearer than another; of squared distances in squared units, where 16 is a start.',
    },
  ],
  presets: [
    {
      name: 'relative-max',
      title: 'Relative margin, nearest rival',
      sentence: 'Only the nearest centre of another class pushes.',
      knobs: { variant: 'max' },
    },
  ],
  needs: () => ({ centres: 'trained', centreRate: 20 }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'softmax first',
} as const satisfies TermRecord;
