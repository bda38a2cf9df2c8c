import type { TermRecord } from '../term.ts';

export const hinge = {
  id: 'hinge',
  slot: 'head',
  group: 'Hinges',
  title: 'Hinge (SVM)',
  word: 'hinge',
  sentence:
    'The multi-class support vector machine: what is right by a margin feels nothing more, so petals stop growing and gaps between them stay open.',
  symbol: 'J_H',
  tex: (knobs) =>
    knobs.variant === 'max'
      ? String.raw`\frac{1}{B}\sum_i\bigl[a+\max_{j\neq y_i} w_j^\top x_i-w_{y_i}^\top x_i\bigr]_+`
      : String.raw`\frac{1}{B}\sum_i\sum_{j\neq y_i}\bigl[a+w_j^\top x_i-w_{y_i}^\top x_i\bigr]_+`,
  source: {
    text: 'Dogan, Glasmachers, Igel: A Unified View on Multi-class Support Vector Classification. JMLR 17, 2016',
    url: 'https://jmlr.org/papers/v17/11-229.html',
  },
  weight: 1,
  knobs: [
    {
      kind: 'choice',
      key: 'variant',
      word: 'Rivals',
      options: [
        { value: 'sum', title: 'All (Weston-Watkins)' },
        { value: 'max', title: 'The nearest (Crammer-Singer)' },
      ],
      default: 'sum',
      help: 'Whether every class that is too near pushes, or only the one with the largest logit.',
    },
    {
      kind: 'number',
      key: 'a',
      symbol: 'a',
      word: 'margin of logits',
      unit: 'none',
      range: [0.1, 10],
      step: 0.1,
      isLogarithmic: true,
      default: 1,
      help: 'By how much the own logit must be above the others. Agents can grow, so it sets a scale and no more.',
    },
  ],
  presets: [
    {
      name: 'hinge-max',
      title: 'Hinge, nearest rival',
      sentence: 'Crammer and Singer’s: only the nearest rival pushes.',
      knobs: { variant: 'max' },
    },
  ],
  needs: () => ({ agents: true }),
  rule: 'logits',
  distance: 'cosine',
  start: 'softmax first',
} as const satisfies TermRecord;
