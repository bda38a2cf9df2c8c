import type { TermRecord } from '../term.ts';

export const center = {
  id: 'center',
  slot: 'centre',
  group: 'Centres',
  title: 'Center',
  word: 'center',
  sentence:
    'Pulls every sample towards the running centre of its class: beside softmax, petals shrink to blobs, most of them on a ring.',
  symbol: 'J_C',
  tex: String.raw`\frac{1}{2B}\sum_i \lVert x_i - c_{y_i}\rVert^2`,
  source: {
    text: 'Wen, Zhang, Li, Qiao: A Discriminative Feature Learning Approach for Deep Face Recognition. ECCV 2016',
    url: 'https://doi.org/10.1007/978-3-319-46478-7_31',
  },
  weight: 0.1,
  triedWeights: [0.008, 0.03, 0.3, 1],
  knobs: [],
  needs: () => ({ centres: 'moving' }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'softmax first',
} as const satisfies TermRecord;
