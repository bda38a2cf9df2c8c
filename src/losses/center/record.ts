import { numberOf, type TermRecord } from '../term.ts';

export const center = {
  id: 'center',
  slot: 'centre',
  group: 'Centres',
  title: 'Center',
  word: 'center',
  sentence:
    'Pulls every sample towards the running centre of its class, to within ρ of it: beside softmax, petals shrink to blobs, most of them on a ring.',
  effect: { measure: 'D1', goes: 'down', text: 'center pulls every class to its own place' },
  symbol: 'J_C',
  tex: String.raw`\frac{1}{2B}\sum_i \bigl[\,\lVert x_i - c_{y_i}\rVert-\rho\,\bigr]_+^2`,
  source: {
    text: 'Wen, Zhang, Li, Qiao: A Discriminative Feature Learning Approach for Deep Face Recognition. ECCV 2016',
    url: 'https://doi.org/10.1007/978-3-319-46478-7_31',
  },
  weight: 0.1,
  triedWeights: [0.008, 0.03, 0.3, 1],
  knobs: [
    {
      kind: 'number',
      key: 'rho',
      symbol: 'ρ',
      word: 'slack',
      unit: 'feature units',
      range: [0, 3],
      step: 0.05,
      default: 0,
      help: 'Center loss: how far a sample may be from its own centre before it is pulled. 0 is center loss as published (Wen et al. 2016); more is its generalised form (Wen et al. 2019).',
    },
    {
      kind: 'number',
      key: 'spread',
      symbol: 's',
      word: 'spread',
      unit: 'none',
      range: [0, 20],
      step: 0.5,
      default: 0,
      help: 'How strongly centres push each other apart, as angles, when they are updated: island loss (Cai et al. 2018), whose second term moves nothing where centres are constants. 0 is center loss.',
    },
  ],
  presets: [
    {
      name: 'center-slack',
      title: 'Softmax + center with slack',
      sentence: 'Generalised center loss: blobs keep a radius ρ of 2, within which nothing pulls.',
      knobs: { rho: 2 },
    },
    {
      name: 'island',
      title: 'Softmax + island',
      sentence:
        'Center loss whose centres push each other apart on the circle: the ring’s blobs are more evenly spread.',
      knobs: { spread: 10 },
    },
  ],
  needs: (knobs) => ({ centres: 'moving', centreSpread: numberOf(knobs, 'spread') }),
  rule: 'nearest centre',
  distance: 'euclidean',
  start: 'softmax first',
} as const satisfies TermRecord;
