import type { TermRecord } from '../term.ts';

export const triplet = {
  id: 'triplet',
  slot: 'metric',
  group: 'Pairs and triplets',
  title: 'Triplet',
  word: 'triplet',
  sentence:
    'Asks that each sample be nearer to one of its class than to one of another, by α: discs untangle from random weights, and their scale grows slowly. With the hardest of each batch it collapses into one point.',
  symbol: 'J_T',
  tex: (knobs) =>
    knobs.variant === 'batch-hard'
      ? String.raw`\operatorname*{mean}_{a}\bigl[\alpha+\max_{p}\lVert x_a-x_p\rVert-\min_{n}\lVert x_a-x_n\rVert\bigr]_+`
      : String.raw`\operatorname*{mean}_{(a,p)}\bigl[\alpha+\lVert x_a-x_p\rVert^2-\lVert x_a-x_n\rVert^2\bigr]_+`,
  source: {
    text: 'Schroff, Kalenichenko, Philbin: FaceNet: A Unified Embedding for Face Recognition and Clustering. CVPR 2015',
    url: 'https://doi.org/10.1109/CVPR.2015.7298682',
  },
  weight: 1,
  knobs: [
    {
      kind: 'choice',
      key: 'variant',
      word: 'Mining',
      options: [
        { value: 'semi-hard', title: 'Semi-hard' },
        { value: 'batch-hard', title: 'Batch-hard' },
      ],
      default: 'semi-hard',
      help: 'Which triplets count. Semi-hard: the nearest negative that is farther than the positive. Batch-hard: the farthest positive and the nearest negative of each sample, which pulls everything into one point here.',
    },
    {
      kind: 'number',
      key: 'alpha',
      symbol: 'α',
      word: 'nearer by',
      unit: 'squared feature units',
      range: [0.1, 10],
      step: 0.1,
      isLogarithmic: true,
      default: 1,
      tried: [0.3, 4],
      help: 'By how much the positive must be nearer: of squared distances with semi-hard mining, of plain ones with batch-hard.',
    },
  ],
  presets: [
    {
      name: 'triplet-batch-hard',
      title: 'Triplet, batch-hard',
      sentence: 'A lesson: the hardest triplets pull everything into one point, and the loss stays at α.',
      knobs: { variant: 'batch-hard' },
    },
  ],
  lessons: [
    {
      failure: 'collapse',
      applies: ({ variant }) => variant === 'batch-hard',
      text: 'the hardest triplets of a batch pull every sample to every other, and in one point their loss rests at α',
      wayOut: { text: 'Mine semi-hard triplets', knobs: { variant: 'semi-hard' } },
    },
    {
      failure: 'runaway',
      applies: ({ variant }) => variant === 'semi-hard',
      text: 'triplets compare distances with each other, so nothing fixes their scale, and the loss falls as all of it grows',
      wayOut: { text: 'Take a smaller margin', knobs: { alpha: 0.3 } },
    },
  ],
  needs: () => ({ wholeBatch: true }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'any',
} as const satisfies TermRecord;
