/**
 * Class centres of one term alone: parameters at the end of θ, found by the id of their term. Most are trained by gradient;
 * those of directions may follow the letter's rule instead. They begin as the run's moving centres, or as the directions of
 * these, when the term begins to act; while it rests, so do they and their moments.
 */

import * as tf from '@tensorflow/tfjs-core';
import { updatedCentres } from '../../losses/centres.ts';
import { directions } from '../../losses/cosines.ts';
import { activeTerms, type Objective } from '../../losses/objective.ts';
import { hasOwnCentres, type Needs } from '../../losses/term.ts';
import { termOf } from '../../losses/terms.ts';
import type { TrainedCentres } from '../checkpoint.ts';
import { type AdamState, adamUpdate } from './adam.ts';

/** Adam's state with the moving centres [classes, dim]. */
interface StateWithCentres extends AdamState {
  readonly centres: tf.Tensor2D;
}

/** What the active terms of an objective that have centres of their own need, by id. */
function ownNeeds(objective: Objective): ReadonlyMap<string, Needs> {
  const needs = activeTerms(objective).map(({ id, knobs }) => [id, termOf(id).needs(knobs)] as const);
  return new Map(needs.filter(([, need]) => hasOwnCentres(need)));
}

/**
 * The state with centres at the end of θ for every active term that has its own and none yet; the same state
 * where all have theirs.
 */
export function withTrainedCentres<S extends StateWithCentres>(
  state: S,
  trained: readonly TrainedCentres[],
  objective: Objective,
): { readonly state: S; readonly trained: readonly TrainedCentres[] } {
  const needs = ownNeeds(objective);
  const fresh = [...needs].filter(([id]) => !trained.some(({ term }) => term === id));
  if (fresh.length === 0) return { state, trained };
  const starts = fresh.map(([, { ofDirections }]) => {
    const start = ofDirections ? directions(state.centres, 1) : state.centres;
    return tf.reshape(start, [-1]) as tf.Tensor1D;
  });
  const zeros = starts.map((start) => tf.zerosLike(start) as tf.Tensor1D);
  const extended = (values: tf.Tensor1D, parts: tf.Tensor1D[]) => tf.concat1d([values, ...parts]);
  return {
    state: {
      ...state,
      parameters: extended(state.parameters, starts),
      firstMoments: extended(state.firstMoments, zeros),
      secondMoments: extended(state.secondMoments, zeros),
    },
    trained: [...trained, ...fresh.map(([term]) => ({ term, updates: 0 }))],
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

/** What a step updates by. */
export interface Update {
  readonly objective: Objective;
  readonly step: number;
  readonly learningRate: number;
  /** x of the step's forward pass, [batch, dim]. */
  readonly features: tf.Tensor2D;
  /** [batch, classes]. */
  readonly oneHot: tf.Tensor2D;
}

/**
 * Adam over the network's parameters, and over each part behind them with its own step count and learning rate; parts that
 * move follow their class. What no active term needs is left as it is.
 *
 * @param gradient [parameter count], as long as θ
 */
export function updateAll(
  state: StateWithCentres,
  gradient: tf.Tensor1D,
  trained: readonly TrainedCentres[],
  { objective, step, learningRate, features, oneHot }: Update,
): AdamState {
  if (trained.length === 0) return adamUpdate(state, gradient, { step, learningRate });
  const needs = ownNeeds(objective);
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
      if (need.centres === 'moving') {
        const centres = tf.reshape(own.parameters, state.centres.shape) as tf.Tensor2D;
        const moved = updatedCentres(centres, directions(features, 1), oneHot);
        return { ...own, parameters: tf.reshape(moved, [-1]) as tf.Tensor1D };
      }
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
  const needs = ownNeeds(objective);
  return trained.map((part) => (needs.has(part.term) ? { ...part, updates: part.updates + 1 } : part));
}
