import type { TermRecord } from '../term.ts';

export const ring = {
  id: 'ring',
  slot: 'centre',
  group: 'Centres',
  title: 'Ring',
  word: 'ring',
  sentence:
    'Draws every feature to one length, whatever its class: beside softmax the star’s petals become blobs on a ring.',
  symbol: 'J_R',
  tex: String.raw`\frac{1}{2B}\sum_i\bigl(\lVert x_i\rVert-R\bigr)^2`,
  source: {
    text: 'Zheng, Pal, Savvides: Ring Loss: Convex Feature Normalization for Face Recognition. CVPR 2018',
    url: 'https://doi.org/10.1109/CVPR.2018.00534',
  },
  weight: 0.01,
  triedWeights: [0.003, 0.03],
  knobs: [
    {
      kind: 'number',
      key: 'R',
      symbol: 'R',
      word: 'radius',
      unit: 'feature units',
      range: [0, 50],
      step: 0.5,
      default: 10,
      help: 'The length that every feature is drawn to.',
    },
  ],
  needs: () => ({}),
  rule: 'nearest centre',
  distance: 'cosine',
  start: 'softmax first',
} as const satisfies TermRecord;
