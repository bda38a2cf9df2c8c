/**
 * The joint objective of a run: J = λ₀·J_S + λ₁·J_C + λ₂·J_M (Gao et al. 2018, Eq. 6).
 */

import * as tf from '@tensorflow/tfjs-core';
import { centerLoss } from './center.ts';
import { marginLoss } from './margin.ts';
import type { Objective } from './objective.ts';
import { softmaxLoss } from './softmax.ts';

/** What a loss sees of one batch. */
export interface BatchOutputs {
  /** [batch, dim] */
  readonly features: tf.Tensor2D;
  /** [batch, classes] */
  readonly logits: tf.Tensor2D;
  /** [batch, classes] */
  readonly oneHot: tf.Tensor2D;
  /** [classes, dim] */
  readonly centres: tf.Tensor2D;
  /** [classes], 1 for a class that takes part, else 0; all do where it is left out. */
  readonly present?: tf.Tensor1D | undefined;
}

export interface JointLoss {
  /** What is minimised: a scalar. */
  readonly total: tf.Scalar;
  /** [4]: the unweighted softmax, center and margin terms, then the total. For reading, not for gradients. */
  readonly terms: tf.Tensor1D;
}

/** Every term is evaluated, so that each can be shown; a term with weight 0 costs no backward pass. */
export function jointLoss(
  { features, logits, oneHot, centres, present }: BatchOutputs,
  objective: Objective,
): JointLoss {
  const terms = [
    softmaxLoss(logits, oneHot),
    centerLoss(features, oneHot, centres),
    marginLoss(features, oneHot, centres, objective, present),
  ];
  const weights = [objective.lambda0, objective.lambda1, objective.lambda2];
  const weighted = terms.flatMap((term, index) => {
    const weight = weights[index] ?? 0;
    return weight === 0 ? [] : [tf.mul(term, weight)];
  });
  // With all weights at 0 there is nothing to learn, but the features must stay on the gradient's path.
  const total = weighted.length > 0 ? tf.addN(weighted) : tf.mul(tf.sum(features), 0);
  return { total: total as tf.Scalar, terms: tf.stack([...terms, total]) as tf.Tensor1D };
}
