import { numberOf, type TermRecord } from '../term.ts';

export const margin = {
  id: 'margin',
  slot: 'metric',
  group: 'Centres',
  title: 'Margin',
  word: 'margin',
  sentence:
    'Pulls each sample to within α₊ of its own centre and pushes it at least α₋ away from every other, in plain distance (l is + for the own class, − for others): blobs spread over the plane.',
  effect: { measure: 'D1', goes: 'down', text: 'margin counts distance, so the arms fold' },
  symbol: 'J_M',
  tex: String.raw`\frac{1}{B}\sum_i\sum_j\bigl[\,l_{ij}\,(\lVert x_i - c_j\rVert-\alpha_{l_{ij}})\bigr]_+`,
  source: {
    text: 'Gao, Yang, Yang, Liao: Margin Loss: Making Faces More Separable. IEEE SPL 25(2), 2018, Eq. 3',
    url: 'https://doi.org/10.1109/LSP.2017.2789251',
  },
  weight: 1,
  triedWeights: [0.015, 0.1, 0.3],
  knobs: [
    {
      kind: 'number',
      key: 'alphaPlus',
      symbol: 'α₊',
      word: 'inside',
      unit: 'feature units',
      range: [0, 3],
      step: 0.05,
      default: 0.5,
      tried: [0.25, 1],
      help: 'Margin loss: how far a sample may be from its own centre (solid circles). Our choice; the letter states none.',
    },
    {
      kind: 'number',
      key: 'alphaMinus',
      symbol: 'α₋',
      word: 'outside',
      unit: 'feature units',
      range: [0.5, 12],
      step: 0.1,
      default: 8,
      tried: [3, 4, 6],
      help: 'Margin loss: how far a sample must be from every other centre (dashed circles). Our choice; the letter states none.',
    },
  ],
  needs: () => ({ centres: 'moving' }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'softmax first',
  circles: (knobs) => [
    { kind: 'inside', radius: numberOf(knobs, 'alphaPlus') },
    { kind: 'outside', radius: numberOf(knobs, 'alphaMinus') },
  ],
} as const satisfies TermRecord;
