import { numberOf, type TermRecord } from '../term.ts';

const DEGREES = 180 / Math.PI;

export const arcface = {
  id: 'arcface',
  slot: 'head',
  group: 'Unit circle',
  title: 'ArcFace',
  word: 'arcface',
  sentence:
    'NormFace with an angle added to the own one: each class is pressed into a narrow arc round its agent, the tightest star of all.',
  symbol: 'J_A',
  tex: String.raw`-\frac{1}{B}\sum_i \log \frac{e^{s\cos(\theta_{y_i}+m)}}{e^{s\cos(\theta_{y_i}+m)}+\sum_{j\neq y_i} e^{s\cos\theta_j}}`,
  source: {
    text: 'Deng, Guo, Xue, Zafeiriou: ArcFace: Additive Angular Margin Loss for Deep Face Recognition. CVPR 2019',
    url: 'https://doi.org/10.1109/CVPR.2019.00482',
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
      default: 64,
      tried: [10, 16, 30],
      help: 'Scale of the cosines. After a long softmax beginning a large one moves faster.',
    },
    {
      kind: 'number',
      key: 'm',
      symbol: 'm',
      word: 'margin',
      unit: 'radians',
      range: [0, 0.6],
      step: 0.01,
      default: 0.5,
      tried: [0.2, 0.3],
      help: 'Angle added to the one between a sample and its own agent, in radians: 0.5 is 29°.',
    },
  ],
  needs: () => ({ agents: true }),
  rule: 'cosine',
  distance: 'cosine',
  start: 'softmax first',
  room(classes, knobs) {
    const share = 360 / classes;
    const m = numberOf(knobs, 'm') * DEGREES;
    const left = (share - m) / 2;
    const asked = `m = ${m.toFixed(0)}°`;
    return left > 0
      ? `${asked} leaves ±${left.toFixed(1)}° of the ${share.toFixed(0)}° that each of ${classes} classes has.`
      : `${asked} is more than the ${share.toFixed(0)}° that each of ${classes} classes has.`;
  },
} as const satisfies TermRecord;
