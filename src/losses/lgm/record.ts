import type { TermRecord } from '../term.ts';

export const lgm = {
  id: 'lgm',
  slot: 'head',
  group: 'Centres',
  title: 'L-GM',
  word: 'l-gm',
  sentence:
    'Softmax on squared distances to trained means, with the own one enlarged: features become a Gaussian a class, discs that fill the plane without a hinge.',
  symbol: 'J_G',
  tex: String.raw`-\frac{1}{B}\sum_i\log\frac{e^{-\frac{1+\alpha}{2}\lVert x_i-\mu_{y_i}\rVert^2}}{e^{-\frac{1+\alpha}{2}\lVert x_i-\mu_{y_i}\rVert^2}+\sum_{j\neq y_i}e^{-\frac12\lVert x_i-\mu_j\rVert^2}}+\frac{\lambda}{2B}\sum_i\lVert x_i-\mu_{y_i}\rVert^2`,
  source: {
    text: 'Wan, Zhong, Li, Chen: Rethinking Feature Distribution for Loss Functions in Image Classification. CVPR 2018',
    url: 'https://doi.org/10.1109/CVPR.2018.00950',
  },
  weight: 1,
  knobs: [
    {
      kind: 'number',
      key: 'alpha',
      symbol: 'α',
      word: 'enlarged by',
      unit: 'none',
      range: [0, 1],
      step: 0.05,
      default: 0.3,
      tried: [0.1, 1],
      help: 'By how much the squared distance to the own mean counts more than it is: the margin.',
    },
    {
      kind: 'number',
      key: 'lambda',
      symbol: 'λ',
      word: 'likelihood',
      unit: 'none',
      range: [0, 1],
      step: 0.01,
      default: 0.1,
      tried: [0.01],
      help: 'Weight of the likelihood, which pulls each sample to its mean, beside the classification.',
    },
  ],
  needs: () => ({ centres: 'trained', centreRate: 20 }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'any',
} as const satisfies TermRecord;
