import type { TermRecord } from '../term.ts';

export const contrastive = {
  id: 'contrastive',
  slot: 'metric',
  group: 'Pairs and triplets',
  title: 'Contrastive',
  word: 'contrastive',
  sentence:
    'Compares samples with each other instead of with centres: those of one class attract, those of different classes repel up to a distance m. Even discs fill the plane, from random weights too.',
  symbol: 'J_P',
  tex: String.raw`\operatorname*{mean}_{y_i=y_j}\tfrac12\lVert x_i-x_j\rVert^2+\operatorname*{mean}_{y_i\neq y_j}\tfrac12\bigl[m-\lVert x_i-x_j\rVert\bigr]_+^2`,
  source: {
    text: 'Sun, Chen, Wang, Tang: Deep Learning Face Representation by Joint Identification-Verification. NIPS 2014',
    url: 'https://arxiv.org/abs/1406.4773',
  },
  weight: 1,
  triedWeights: [0.1],
  knobs: [
    {
      kind: 'number',
      key: 'm',
      symbol: 'm',
      word: 'apart',
      unit: 'feature units',
      range: [0.5, 16],
      step: 0.5,
      default: 8,
      tried: [4],
      help: 'How far apart samples of different classes must be.',
    },
  ],
  needs: () => ({ wholeBatch: true }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'any',
} as const satisfies TermRecord;
