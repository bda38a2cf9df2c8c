import { numberOf, type TermRecord } from '../term.ts';

export const cosface = {
  id: 'cosface',
  slot: 'head',
  group: 'Unit circle',
  title: 'CosFace',
  word: 'cosface',
  sentence:
    'NormFace with a margin: the own cosine must lead by m, so every class draws together and leaves a gap beside it.',
  symbol: 'J_{\\cos}',
  tex: String.raw`-\frac{1}{B}\sum_i \log \frac{e^{s(\cos\theta_{y_i}-m)}}{e^{s(\cos\theta_{y_i}-m)}+\sum_{j\neq y_i} e^{s\cos\theta_j}}`,
  source: {
    text: 'Wang et al.: CosFace: Large Margin Cosine Loss for Deep Face Recognition. CVPR 2018',
    url: 'https://doi.org/10.1109/CVPR.2018.00552',
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
      default: 16,
      tried: [7, 30, 64],
      help: 'Scale of the cosines: how hard the softmax decides between them.',
    },
    {
      kind: 'number',
      key: 'm',
      symbol: 'm',
      word: 'margin',
      unit: 'none',
      range: [0, 0.5],
      step: 0.01,
      default: 0.1,
      tried: [0.05, 0.2],
      help: 'Lead that the own cosine must have over every other one.',
    },
  ],
  needs: () => ({ agents: true }),
  rule: 'cosine',
  distance: 'cosine',
  start: 'softmax first',
  room(classes, knobs) {
    // Agents that are evenly spaced on the circle; a sample on its agent has this lead over the next one.
    const most = 1 - Math.cos((2 * Math.PI) / classes);
    if (numberOf(knobs, 'm') <= most) return undefined;
    return `${classes} classes on a circle leave room for m ≤ ${most.toFixed(2)}: beyond it classes may fold onto each other.`;
  },
} as const satisfies TermRecord;
