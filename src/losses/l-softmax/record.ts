import { LAMBDA, LAMBDA_MIN } from '../annealing.ts';
import type { TermRecord } from '../term.ts';

export const lSoftmax = {
  id: 'l-softmax',
  slot: 'head',
  group: 'Softmax family',
  title: 'L-Softmax',
  word: 'l-softmax',
  sentence:
    'Softmax that counts the own angle m times: a sample must be m times nearer to its agent than any other, so petals become thin. Lengths of agents still differ, and with them the wedges.',
  symbol: 'J_L',
  tex: String.raw`-\frac{1}{B}\sum_i \log \frac{e^{z_{y_i}}}{e^{z_{y_i}}+\sum_{j\neq y_i} e^{w_j^\top x_i}},\quad z_y=\lVert w_y\rVert\lVert x\rVert\,\frac{\lambda\cos\theta_y+\psi_m(\theta_y)}{1+\lambda}`,
  source: {
    text: 'Liu, Wen, Yu, Yang: Large-Margin Softmax Loss for Convolutional Neural Networks. ICML 2016',
    url: 'https://proceedings.mlr.press/v48/liud16.html',
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
      help: 'How many times the angle between a sample and its own agent counts. 1 is softmax.',
    },
    LAMBDA_MIN,
  ],
  annealed: LAMBDA,
  needs: () => ({ agents: true }),
  rule: 'logits',
  distance: 'cosine',
  start: 'own annealing',
} as const satisfies TermRecord;
