/** How often a sample is classified rightly, by each rule there is; on the classes that training saw. */

import type { DecisionRule } from '../losses/term.ts';
import { withoutClasses } from './classes.ts';
import { accuracy, largestCentreCosine, largestCosine, largestLogit, nearestCentre } from './decision.ts';
import { type Measure, type MeasureContext, seenCentres, seenSamples } from './measure.ts';

/** The predicted class of every sample by a rule, [count]; undefined where that needs agents and none are known. */
export function predictionsBy(context: MeasureContext, rule: DecisionRule): Uint8Array | undefined {
  return context.once(RULES[rule]);
}

const RULES: Record<DecisionRule, (context: MeasureContext) => Uint8Array | undefined> = {
  logits: ({ run: { features, agents, dim } }) => agents && largestLogit(features, agents, dim),
  cosine: ({ run: { features, agents, dim } }) => agents && largestCosine(features, agents, dim),
  'nearest centre': (context) =>
    nearestCentre(context.run.features, context.once(seenCentres), context.run.dim),
  'centre cosine': (context) =>
    largestCentreCosine(context.run.features, context.once(seenCentres), context.run.dim),
};

/** By the run's own rule. */
export function ownPredictions(context: MeasureContext): Uint8Array | undefined {
  const { rule, predictions } = context.run;
  return (rule && predictionsBy(context, rule)) ?? predictions;
}

function byTrainingMean({ run }: MeasureContext): Uint8Array | undefined {
  const { trainingMeans, heldOut, features, dim } = run;
  return trainingMeans && nearestCentre(features, withoutClasses(trainingMeans, heldOut, dim), dim);
}

/** Share of the seen samples that are classified rightly. */
function rightOf(context: MeasureContext, predictions: Uint8Array | undefined): number | undefined {
  if (predictions === undefined) return undefined;
  const { labels } = context.run;
  return accuracy(
    predictions.filter((_, i) => context.isSeen(labels[i] as number)),
    context.once(seenSamples).labels,
  );
}

const COMMON = { better: 'higher', digits: 4 } as const;

export const ACCURACIES: readonly Measure[] = [
  {
    ...COMMON,
    name: 'accuracy',
    title: 'Accuracy',
    sentence:
      'Share of test samples classified rightly by the run’s own rule: the largest logit or cosine while a classifier is trained, else the learned centre that is nearest, in distance or (for losses of directions) in angle.',
    tex: String.raw`\tfrac1N\sum_i [\hat y_i = y_i]`,
    when: 'snapshot',
    shown: {
      panel: { testId: 'test-accuracy', digits: 3 },
      column: { order: 4 },
      chart: { order: 1, title: 'Test accuracy', low: 0, high: 1 },
      summary: 'accuracy',
    },
    compute: (context) => rightOf(context, context.once(ownPredictions)),
  },
  {
    ...COMMON,
    name: 'accuracyByLogits',
    title: 'Accuracy by logits',
    heading: 'logits',
    sentence: 'Share of samples whose largest logit is that of their class.',
    tex: String.raw`\hat y=\operatorname{arg\,max}_j w_j^\top x`,
    when: 'snapshot',
    compute: (context) => rightOf(context, predictionsBy(context, 'logits')),
  },
  {
    ...COMMON,
    name: 'accuracyByCosine',
    title: 'Accuracy by cosine',
    heading: 'cosine',
    sentence: 'Share of samples that the classifier’s weights of their own class point to most nearly.',
    tex: String.raw`\hat y=\operatorname{arg\,max}_j \hat w_j^\top\hat x`,
    when: 'snapshot',
    compute: (context) => rightOf(context, predictionsBy(context, 'cosine')),
  },
  {
    ...COMMON,
    name: 'accuracyByCentre',
    title: 'Accuracy by learned centre',
    heading: 'learned centre',
    sentence:
      'Share of samples whose nearest learned centre is that of their class, whatever the run itself decides by: beside softmax, blobs are better read so than by logits.',
    tex: String.raw`\hat y=\operatorname{arg\,min}_j \lVert x-c_j\rVert`,
    when: 'snapshot',
    shown: { panel: { testId: 'accuracy-by-centre', title: 'By centre', digits: 3 } },
    compute: (context) => rightOf(context, predictionsBy(context, 'nearest centre')),
  },
  {
    ...COMMON,
    name: 'accuracyByTrainingMean',
    title: 'Accuracy by training mean',
    heading: 'nearest training mean',
    sentence: 'Share of samples whose nearest class mean of training images is that of their class.',
    tex: String.raw`\hat y=\operatorname{arg\,min}_j \lVert x-\mu^{\mathrm{train}}_j\rVert`,
    when: 'evaluation',
    compute: (context) => rightOf(context, context.once(byTrainingMean)),
  },
];
