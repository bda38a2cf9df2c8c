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
  tex: ({ variant }) => {
    if (variant === 'squared')
      return String.raw`\frac{1}{B}\sum_i\sum_j\bigl[\,l_{ij}\,(\lVert x_i - c_j\rVert^2-\alpha_{l_{ij}}^2)\bigr]_+`;
    if (variant === 'nearest')
      return String.raw`\frac{1}{B}\sum_i\bigl[\lVert x_i-c_{y_i}\rVert-\alpha_+\bigr]_+ +\bigl[\alpha_- -\min_{j\neq y_i}\lVert x_i-c_j\rVert\bigr]_+`;
    const x = variant === 'normalised' ? String.raw`\hat x_i` : 'x_i';
    return String.raw`\frac{1}{B}\sum_i\sum_j\bigl[\,l_{ij}\,(\lVert ${x} - c_j\rVert-\alpha_{l_{ij}})\bigr]_+`;
  },
  source: {
    text: 'Gao, Yang, Yang, Liao: Margin Loss: Making Faces More Separable. IEEE SPL 25(2), 2018, Eq. 3',
    url: 'https://doi.org/10.1109/LSP.2017.2789251',
  },
  weight: 1,
  presets: [
    {
      name: 'margin-squared',
      title: 'Margin, squared',
      sentence:
        'The letter’s loss with squared distances and margins: the pull grows with distance, the push fades at a centre.',
      // Squares are larger by α₋ and more.
      weight: 0.0625,
      knobs: { variant: 'squared' },
    },
    {
      name: 'margin-nearest',
      title: 'Margin, nearest rival',
      sentence:
        'Only the nearest centre of another class pushes, not all nine: so it needs no softmax to begin with.',
      knobs: { variant: 'nearest' },
    },
    {
      name: 'margin-normalised',
      title: 'Margin, normalised',
      sentence: 'The letter’s loss on directions: on a circle ten classes have room for margins below one.',
      knobs: { variant: 'normalised', alphaPlus: 0.1, alphaMinus: 0.6 },
    },
    {
      name: 'margin-trained',
      title: 'Margin, trained centres',
      sentence: 'Centres learnt by gradient like weights, from the moving ones when it begins.',
      knobs: { centres: 'trained' },
    },
  ],
  triedWeights: [0.015, 0.1, 0.3],
  knobs: [
    {
      kind: 'choice',
      key: 'variant',
      word: 'Form',
      options: [
        { value: 'letter', title: 'The letter’s' },
        { value: 'squared', title: 'Squared' },
        { value: 'nearest', title: 'Nearest rival' },
        { value: 'normalised', title: 'Normalised' },
      ],
      default: 'letter',
      help: 'The letter’s: plain distances, every other centre pushes. Squared: squares of distances and margins. Nearest rival: one push a sample. Normalised: on directions, with margins between 0 and 2.',
    },
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
    {
      kind: 'choice',
      key: 'centres',
      word: 'Centres',
      options: [
        { value: 'moving', title: 'Moving' },
        { value: 'trained', title: 'Trained' },
      ],
      default: 'moving',
      help: 'Moving: they follow their classes without gradient, as in the letter. Trained: by gradient, from the moving ones when that begins.',
    },
  ],
  needs: ({ variant, centres }) => ({
    centres: centres === 'trained' ? 'trained' : 'moving',
    ofDirections: variant === 'normalised',
  }),
  rule: ({ variant }) => (variant === 'normalised' ? 'centre cosine' : 'nearest centre'),
  distance: ({ variant }) => (variant === 'normalised' ? 'cosine' : 'euclidean'),
  // One push at a time untangles random weights; nine at once, while all centres sit together, do not.
  start: ({ variant }) => (variant === 'nearest' ? 'any' : 'softmax first'),
  // Margins of directions are no lengths in the plane.
  circles: (knobs) =>
    knobs.variant === 'normalised'
      ? []
      : [
          { kind: 'inside', radius: numberOf(knobs, 'alphaPlus') },
          { kind: 'outside', radius: numberOf(knobs, 'alphaMinus') },
        ],
} as const satisfies TermRecord;
