import { LAMBDA, LAMBDA_MIN } from '../annealing.ts';
import { numberOf, type TermRecord } from '../term.ts';

export const aSoftmax = {
  id: 'a-softmax',
  slot: 'head',
  group: 'Softmax family',
  title: 'A-Softmax',
  word: 'a-softmax',
  sentence:
    'SphereFace: L-Softmax with agents of length 1, so that only angles part the classes: thin petals, evenly spread over the circle.',
  symbol: 'J_{AS}',
  tex: String.raw`-\frac{1}{B}\sum_i \log \frac{e^{z_{y_i}}}{e^{z_{y_i}}+\sum_{j\neq y_i} e^{\lVert x_i\rVert\cos\theta_j}},\quad z_y=\lVert x\rVert\,\frac{\lambda\cos\theta_y+\psi_m(\theta_y)}{1+\lambda}`,
  source: {
    text: 'Liu, Wen, Yu, Li, Raj, Song: SphereFace: Deep Hypersphere Embedding for Face Recognition. CVPR 2017',
    url: 'https://doi.org/10.1109/CVPR.2017.713',
  },
  weight: 1,
  knobs: [
    {
      kind: 'number',
      key: 'm',
      symbol: 'm',
      word: 'times the angle',
      unit: 'none',
      range: [1, 4],
      step: 1,
      isWhole: true,
      default: 4,
      tried: [2],
      help: 'How many times the angle between a sample and its own agent counts. 1 is “modified softmax”: agents of length 1, without a margin.',
    },
    LAMBDA_MIN,
  ],
  annealed: LAMBDA,
  presets: [
    {
      name: 'modified-softmax',
      title: 'Modified softmax',
      sentence: 'A-Softmax without its margin (m = 1): all wedges are cut by angle alone.',
      knobs: { m: 1 },
    },
  ],
  needs: () => ({ agents: true }),
  rule: 'cosine',
  distance: 'cosine',
  start: 'own annealing',
  room(classes, knobs) {
    const share = 360 / classes;
    const m = numberOf(knobs, 'm');
    return `m = ${m} leaves ±${(share / (m + 1)).toFixed(1)}° of the ${share.toFixed(0)}° that each of ${classes} classes has.`;
  },
} as const satisfies TermRecord;
