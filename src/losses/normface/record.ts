import type { TermRecord } from '../term.ts';

export const normface = {
  id: 'normface',
  slot: 'head',
  group: 'Unit circle',
  title: 'NormFace',
  word: 'normface',
  sentence:
    'Softmax on cosines alone: only the angle to an agent counts, so every class gets its part of the circle and nothing moves a sample outwards or inwards.',
  symbol: 'J_N',
  tex: String.raw`-\frac{1}{B}\sum_i \log \frac{e^{s\cos\theta_{y_i}}}{\sum_j e^{s\cos\theta_j}}`,
  source: {
    text: 'Wang, Xiang, Cheng, Yuille: NormFace: L2 Hypersphere Embedding for Face Verification. ACM MM 2017',
    url: 'https://doi.org/10.1145/3123266.3123359',
  },
  weight: 1,
  knobs: [
    {
      kind: 'number',
      key: 's',
      symbol: 's',
      word: 'scale',
      unit: 'none',
      range: [1, 64],
      step: 1,
      isLogarithmic: true,
      default: 10,
      tried: [4, 16, 30],
      help: 'Scale of the cosines. A small one leaves a high floor that the loss cannot go below; a large one gives little force once a sample is right.',
    },
  ],
  needs: () => ({ agents: true }),
  rule: 'cosine',
  distance: 'cosine',
  start: 'softmax first',
} as const satisfies TermRecord;
