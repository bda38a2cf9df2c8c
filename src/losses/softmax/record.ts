import type { TermRecord } from '../term.ts';

export const softmax = {
  id: 'softmax',
  slot: 'head',
  group: 'Softmax family',
  title: 'Softmax',
  word: 'softmax',
  sentence:
    'Rewards a high probability of the right class and asks nothing of distances: classes become petals that touch.',
  effect: { measure: 'D1', goes: 'up', text: 'softmax counts directions, so classes stretch along theirs' },
  symbol: 'J_S',
  tex: String.raw`-\frac{1}{B}\sum_i \log \frac{e^{w_{y_i}^\top x_i}}{\sum_j e^{w_j^\top x_i}}`,
  source: {
    text: 'Gao, Yang, Yang, Liao: Margin Loss: Making Faces More Separable. IEEE SPL 25(2), 2018, Eq. 1',
    url: 'https://doi.org/10.1109/LSP.2017.2789251',
  },
  weight: 1,
  knobs: [],
  needs: () => ({ agents: true }),
  rule: 'logits',
  distance: 'cosine',
  start: 'any',
  sumsOverHeldOut: true,
} as const satisfies TermRecord;
