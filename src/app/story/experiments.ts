/** Experiments worth loading: a card each, with a question and what to look for. A card is a link; so is what a teacher makes. */

import { type Objective, withTerm } from '../../losses/objective.ts';
import { presetNamed } from '../../losses/presets.ts';
import type { Experiment, RunSpec } from '../../training/link/protocol.ts';
import { DEFAULT_EXPERIMENT, formatHash } from '../state/url.ts';
import type { AccuracyMapProps } from './AccuracyMap.tsx';
import fromTheStart from './from-the-start.json' with { type: 'json' };

export interface WorthLoading {
  readonly title: string;
  readonly question: string;
  readonly lookFor: string;
  readonly experiment: Experiment;
  /** Names of the presets whose small pictures stand on the card. */
  readonly pictures: readonly string[];
  /** Where it works and where it does not. */
  readonly map?: AccuracyMapProps;
}

const { alphaMinus, learningRate, accuracy } = fromTheStart;
const FROM_THE_START: AccuracyMapProps = {
  caption: 'Accuracy by nearest centre from the start, two epochs, seed 1',
  rows: alphaMinus.map((margin) => `α₋ ${margin}`),
  columns: learningRate.map((rate) => `rate ${rate}`),
  values: accuracy,
};

const objectiveOf = (name: string) => presetNamed(name).objective;
const margin = objectiveOf('M');

/** The preset's objective with other knobs of its metric term, or of its head. */
function withKnobs(
  name: string,
  slot: 'head' | 'metric',
  knobs: Readonly<Record<string, number>>,
): Objective {
  const objective = objectiveOf(name);
  return withTerm(objective, slot, { knobs: { ...objective[slot].knobs, ...knobs } });
}

const run = (title: string, objective: Objective, before?: RunSpec['before']): RunSpec =>
  before === undefined ? { title, objective } : { title, objective, before };

/** Chosen on a split of the training set: docs/defaults.md, "Margin loss from the start". */
export const BY_ITSELF = { margins: { alphaPlus: 0, alphaMinus: 1.5 }, learningRate: 3e-3 };

const with3 = (part: Partial<Experiment>): Experiment => ({ ...DEFAULT_EXPERIMENT, ...part });

export const EXPERIMENTS: readonly WorthLoading[] = [
  {
    title: 'No warm-up',
    question: 'Can margin loss begin by itself?',
    lookFor:
      'At α₋ = 8 nine centres push while all sit together, and classes fold onto a line: by centre 0.24 after two epochs with seed 1. With softmax first the same loss opens the plane. At α₋ = 1 it begins by itself (0.91), and at 2 with three times the learning rate it ends above both.',
    experiment: with3({
      runs: [
        run('From the start', margin, []),
        run('From the start, α₋ = 1', withKnobs('M', 'metric', { alphaMinus: 1 }), []),
        run('Softmax first', margin),
      ],
    }),
    pictures: ['M'],
    map: FROM_THE_START,
  },
  {
    title: 'Margin loss by itself',
    question: 'How far does it get with no softmax at all?',
    lookFor:
      'As far as the others: with α₊ = 0, α₋ = 1.5 and three times the usual learning rate it is right by centre for 0.958 after five epochs, where margin after softmax has 0.954 at the usual rate and softmax 0.949. At this rate softmax gains as much (0.966).',
    experiment: with3({
      learningRate: BY_ITSELF.learningRate,
      runs: [
        run('Margin by itself', withKnobs('M', 'metric', BY_ITSELF.margins), []),
        run('Margin after softmax', margin),
        run('Softmax', objectiveOf('S')),
      ],
    }),
    pictures: ['M', 'S'],
  },
  {
    title: 'α₋ too small',
    question: 'What if the outer margin asks for next to nothing?',
    lookFor:
      'Nothing pushes once centres are a unit apart: D2 shrinks with α₋, and faster than D1, so D2/D1 and accuracy fall.',
    experiment: with3({
      runs: [run('α₋ = 8', margin), run('α₋ = 1', withKnobs('M', 'metric', { alphaMinus: 1 }))],
    }),
    pictures: ['M'],
  },
  {
    title: 'Center too strong',
    question: 'Why not more of a good thing?',
    lookFor:
      'At λ₁ = 1 blobs are smaller, but so is the ring: D2/D1 gains next to nothing, and the logits lose classes that lie on each other. Compare “Accuracy” with “By centre”.',
    experiment: with3({
      runs: [
        run('λ₁ = 0.1', objectiveOf('S+C')),
        run('λ₁ = 1', withTerm(objectiveOf('S+C'), 'centre', { weight: 1 })),
      ],
    }),
    pictures: ['S+C'],
  },
  {
    title: 'More margin than room',
    question: 'Ten classes share a circle. How wide can ArcFace’s margin be?',
    lookFor:
      '36° for each class: m = 11° leaves room, m = 34° hardly any. The loss stays high, and training goes on all the same.',
    experiment: with3({
      runs: [
        run('m = 0.2', withKnobs('arcface', 'head', { m: 0.2 })),
        run('m = 0.6', withKnobs('arcface', 'head', { m: 0.6 })),
      ],
    }),
    pictures: ['arcface'],
  },
  {
    title: 'Two digits never seen',
    question: 'Where do strangers go?',
    lookFor:
      '8 and 9 are left out of training and shown hollow. Verification of unseen digits is what the letter claims for faces: compare its EER for the three losses.',
    experiment: with3({ heldOut: [8, 9] }),
    pictures: ['S', 'S+C', 'M'],
  },
  {
    title: 'A late switch',
    question: 'Softmax for 1,500 steps, then margin: is it too late?',
    lookFor: 'At the mark on the timeline the star folds within two hundred steps, however long it was.',
    experiment: with3({
      runs: [
        run('Margin from step 1500', margin, [{ until: 1500, objective: objectiveOf('S') }]),
        run('Softmax', objectiveOf('S')),
      ],
    }),
    pictures: ['S', 'M'],
  },
  {
    title: 'The letter’s own weights',
    question: 'What do weights that were made for faces do to digits?',
    lookFor:
      'λ₁ = 0.008 already makes the petals short. λ₂ = 0.015 alone moves slowly at first: Adam still reckons with softmax’s larger gradients. The lab’s defaults were chosen on a split of MNIST.',
    experiment: with3({
      runs: [
        run('S+C, λ₁ 0.008', withTerm(objectiveOf('S+C'), 'centre', { weight: 0.008 })),
        run('M, λ₂ 0.015', withTerm(margin, 'metric', { weight: 0.015 })),
        run('Margin, ours', margin),
      ],
    }),
    pictures: ['S+C', 'M'],
  },
  {
    title: 'Ten times the learning rate',
    question: 'More haste, less speed?',
    lookFor:
      'Not here: within two epochs all three get further than at 0.001, though their curves shake more. A comparison at one rate says little of another.',
    experiment: with3({ learningRate: 0.01 }),
    pictures: ['S', 'S+C', 'M'],
  },
  {
    title: 'Four labels in ten are wrong',
    question: 'What do the losses make of lies?',
    lookFor:
      'With seed 1 and two epochs softmax keeps most test digits right (0.57), center fewer (0.53), margin fewest (0.45): what pulls hardest to its centre obeys wrong labels, too. Test labels are right.',
    experiment: with3({ labelNoise: 0.4 }),
    pictures: ['S', 'S+C', 'M'],
  },
  {
    title: 'Samples instead of centres',
    question: 'Do pairs and triplets need a warm-up?',
    lookFor:
      'Contrastive and semi-hard triplets untangle random weights by themselves; the hardest triplets pull everything into one point, and the page says why.',
    experiment: with3({
      runs: ['contrastive', 'triplet', 'triplet-batch-hard'].map((name) =>
        run(presetNamed(name).title, objectiveOf(name)),
      ),
    }),
    pictures: ['contrastive', 'triplet'],
  },
];

/** '#…', which opens it. */
export function linkOf({ experiment }: WorthLoading): string {
  return formatHash(experiment);
}
