/**
 * Class centres that a term trains by gradient: parameters of their own at the end of θ, found by the id of their
 * term. They begin as the moving centres when the term begins to act; while it rests, so do they and their moments.
 */

import * as tf from '@tensorflow/tfjs-core';
import { activeTerms, type Objective } from '../../losses/objective.ts';
import type { Needs } from '../../losses/term.ts';
import { termOf } from '../../losses/terms.ts';
import type { TrainedCentres } from '../checkpoint.ts';
import { type AdamState, adamUpdate } from './adam.ts';

/** Adam's state with the moving centres [classes, dim]. */
interface StateWithCentres extends AdamState {
  readonly centres: tf.Tensor2D;
}

/** What the active terms of an objective need to train, by id. */
function trainedNeeds(objective: Objective): ReadonlyMap<string, Needs> {
  const needs = activeTerms(objective).map(({ id, knobs }) => [id, termOf(id).needs(knobs)] as const);
  return new Map(needs.filter(([, { centres }]) => centres === 'trained'));
}

/**
 * The state with centres at the end of θ for every active term that trains them and has none yet; the same state
 * where all have theirs.
 */
export function withTrainedCentres<S extends StateWithCentres>(
  state: S,
  trained: readonly TrainedCentres[],
  objective: Objective,
): { readonly state: S; readonly trained: readonly TrainedCentres[] } {
  const terms = [...trainedNeeds(objective).keys()];
  const fresh = terms.filter((term) => !trained.some((known) => known.term === term));
  if (fresh.length === 0) return { state, trained };
  const start = tf.reshape(state.centres, [-1]) as tf.Tensor1D;
  const zeros = tf.zerosLike(start) as tf.Tensor1D;
  const extended = (values: tf.Tensor1D, part: tf.Tensor1D) =>
    tf.concat1d([values, ...fresh.map(() => part)]);
  return {
    state: {
      ...state,
      parameters: extended(state.parameters, start),
      firstMoments: extended(state.firstMoments, zeros),
      secondMoments: extended(state.secondMoments, zeros),
    },
    trained: [...trained, ...fresh.map((term) => ({ term, updates: 0 }))],
  };
}

/** The centres [classes, dim] at the end of θ, by the id of their term. */
export function trainedCentresIn(
  { parameters, centres }: Pick<StateWithCentres, 'parameters' | 'centres'>,
  trained: readonly TrainedCentres[],
): Record<string, tf.Tensor2D> {
  const first = parameters.size - trained.length * centres.size;
  const parts = trained.map(({ term }, index) => {
    const part = tf.slice1d(parameters, first + index * centres.size, centres.size);
    return [term, tf.reshape(part, centres.shape) as tf.Tensor2D];
  });
  return Object.fromEntries(parts);
}

/**
 * Adam over the network's parameters, and over each part behind them with its own step count and learning rate. What
 * no active term trains is left as it is.
 *
 * @param gradient [parameter count], as long as θ
 */
export function updateAll(
  state: StateWithCentres,
  gradient: tf.Tensor1D,
  trained: readonly TrainedCentres[],
  { objective, step, learningRate }: { objective: Objective; step: number; learningRate: number },
): AdamState {
  if (trained.length === 0) return adamUpdate(state, gradient, { step, learningRate });
  const needs = trainedNeeds(objective);
  const size = state.centres.size;
  const networkSize = state.parameters.size - trained.length * size;
  const part = (from: number, length: number): [AdamState, tf.Tensor1D] => {
    const cut = (values: tf.Tensor1D) => tf.slice1d(values, from, length);
    const { parameters, firstMoments, secondMoments } = state;
    const own = {
      parameters: cut(parameters),
      firstMoments: cut(firstMoments),
      secondMoments: cut(secondMoments),
    };
    return [own, cut(gradient)];
  };
  const parts = [
    adamUpdate(...part(0, networkSize), { step, learningRate }),
    ...trained.map(({ term, updates }, index) => {
      const [own, slope] = part(networkSize + index * size, size);
      const need = needs.get(term);
      if (need === undefined) return own;
      const rate = learningRate * (need.centreRate ?? 1);
      return adamUpdate(own, slope, { step: updates, learningRate: rate });
    }),
  ];
  const joined = (name: keyof AdamState) => tf.concat1d(parts.map((each) => each[name]));
  return {
    parameters: joined('parameters'),
    firstMoments: joined('firstMoments'),
    secondMoments: joined('secondMoments'),
  };
}

/** The same parts after an update: those of active terms have one more. */
export function updatedParts(
  trained: readonly TrainedCentres[],
  objective: Objective,
): readonly TrainedCentres[] {
  const needs = trainedNeeds(objective);
  return trained.map((part) => (needs.has(part.term) ? { ...part, updates: part.updates + 1 } : part));
}
