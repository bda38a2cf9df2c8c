import type { TermRecord } from '../term.ts';

export const supcon = {
  id: 'supcon',
  slot: 'metric',
  group: 'Pairs and triplets',
  title: 'SupCon',
  word: 'supcon',
  sentence:
    'Supervised contrast of directions: each sample looks for those of its class among all of the batch. On a circle, where classes can’t pass each other, it keeps the order that it finds.',
  symbol: 'J_K',
  tex: String.raw`-\operatorname*{mean}_i\frac{1}{|P_i|}\sum_{p\in P_i}\log\frac{e^{\hat x_i^\top\hat x_p/\tau}}{\sum_{a\neq i}e^{\hat x_i^\top\hat x_a/\tau}}`,
  source: {
    text: 'Khosla, Teterwak, Wang, Sarna, Tian, Isola, Maschinot, Liu, Krishnan: Supervised Contrastive Learning. NeurIPS 2020',
    url: 'https://arxiv.org/abs/2004.11362',
  },
  weight: 1,
  knobs: [
    {
      kind: 'number',
      key: 'tau',
      symbol: 'τ',
      word: 'temperature',
      unit: 'none',
      range: [0.01, 2],
      step: 0.01,
      isLogarithmic: true,
      default: 0.1,
      tried: [0.3],
      help: 'Cosines are divided by it: a small one looks at the nearest alone.',
    },
  ],
  needs: () => ({ wholeBatch: true }),
  rule: 'centre cosine',
  distance: 'cosine',
  start: 'softmax first',
} as const satisfies TermRecord;
