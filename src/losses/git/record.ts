import type { TermRecord } from '../term.ts';

export const git = {
  id: 'git',
  slot: 'centre',
  group: 'Centres',
  title: 'Git',
  word: 'git',
  sentence:
    'Center loss with a soft push away from the other classes’ centres, which fades with distance: much the picture of center, since the push is bounded.',
  symbol: 'J_I',
  tex: String.raw`g\,J_C+\operatorname*{mean}_{y_i\neq y_j}\frac{1}{1+\lVert x_i-c_{y_j}\rVert^2}`,
  source: {
    text: 'Calefati, Janjua, Nawaz, Gallo: Git Loss for Deep Face Recognition. BMVC 2018',
    url: 'https://arxiv.org/abs/1807.08512',
  },
  weight: 1,
  knobs: [
    {
      kind: 'number',
      key: 'pull',
      symbol: 'g',
      word: 'pull',
      unit: 'none',
      range: [0, 2],
      step: 0.01,
      default: 0.1,
      tried: [0.03],
      help: 'Weight of center loss in it; the push has weight 1.',
    },
  ],
  needs: () => ({ centres: 'moving', wholeBatch: true }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'softmax first',
} as const satisfies TermRecord;
