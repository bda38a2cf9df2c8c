/**
 * Which way the terms of an objective push a sample: −λ·∂J/∂x by autodiff of the very losses that train. Of a loss that is
 * a mean over samples this is what one sample feels, of its own share; so the mean's gradient times the batch.
 */

import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { type Losses, meanOver } from '../../losses/joint.ts';
import { type BatchOutputs, type Knobs, type LossModule, SLOTS, type TermRecord } from '../../losses/term.ts';
import { termOf } from '../../losses/terms.ts';
import type { ForcesAnswer, ForcesRequest, TermForces } from '../requests.ts';
import { read } from './readback.ts';

const DIM = 2;
/** Parts by class must add up to the whole, to so much of the longest. */
const TOLERANCE = 1e-3;

/** What a term is evaluated on. */
interface Given {
  /** [count × 2] and [count]. */
  readonly features: Float32Array;
  readonly labels: Uint8Array;
  /** [classes]: 1 for those that take part. */
  readonly present: readonly number[];
}

/** The terms of an objective, by slot; each by its record and its code. */
export type TermOf = (id: string) => { readonly record: TermRecord; readonly module: LossModule | undefined };

/** @param losses loaded */
export function forcesAsked(request: ForcesRequest, losses: Losses): Promise<ForcesAnswer> {
  return forcesBy(request, (id) => ({ record: termOf(id), module: losses.get(id) }));
}

export async function forcesBy(request: ForcesRequest, termById: TermOf): Promise<ForcesAnswer> {
  const { objective, agents } = request;
  const terms: TermForces[] = [];
  for (const slot of SLOTS) {
    const { id, weight, knobs } = objective[slot];
    const { record, module } = termById(id);
    if (!(weight > 0) || module === undefined) continue;
    if (record.needs(knobs).agents && agents === undefined) continue;
    terms.push({ slot, ...(await new Term(request, record, module, knobs, weight).forces()) });
  }
  return { kind: 'forces', terms };
}

/** One term on the places that were asked for. */
class Term {
  readonly #request: ForcesRequest;
  readonly #record: TermRecord;
  readonly #module: LossModule;
  readonly #knobs: Knobs;
  readonly #weight: number;
  readonly #classes: number;

  constructor(request: ForcesRequest, record: TermRecord, module: LossModule, knobs: Knobs, weight: number) {
    this.#request = request;
    this.#record = record;
    this.#module = module;
    this.#knobs = knobs;
    this.#weight = weight;
    this.#classes = request.centres.length / DIM;
  }

  async forces(): Promise<Omit<TermForces, 'slot'>> {
    const { places, labels, heldOut, isDetailed } = this.#request;
    const present = Array.from({ length: this.#classes }, (_, label) => (heldOut.includes(label) ? 0 : 1));
    const given = { features: places, labels, present };
    const forces = await this.#on(given);
    if (!isDetailed) return { forces, values: undefined, byClass: undefined };
    return { forces, values: await this.#values(given), byClass: await this.#byClass(given, forces) };
  }

  get #needsOthers(): boolean {
    return this.#record.needs(this.#knobs).wholeBatch === true;
  }

  /** Forces on all places: at once where samples do not feel each other, else each among the others of the frame. */
  async #on(given: Given): Promise<Float32Array> {
    if (!this.#needsOthers) return (await this.#evaluated(given)).forces;
    const forces = new Float32Array(given.features.length);
    for (const place of given.labels.keys()) {
      const { forces: own } = await this.#evaluated(this.#amongOthers(given, place));
      forces.set(own.subarray(0, DIM), place * DIM);
    }
    return forces;
  }

  /** λ times the value on each sample alone; where it needs others, among them. */
  async #values(given: Given): Promise<Float32Array> {
    const values = new Float32Array(given.labels.length);
    for (const place of values.keys()) {
      const own = this.#needsOthers ? this.#amongOthers(given, place) : alone(given, place);
      values[place] = (await this.#evaluated(own)).value;
    }
    return values;
  }

  /** What each class adds: the force where it alone takes part. */
  async #byClass(given: Given, whole: Float32Array): Promise<readonly Float32Array[] | undefined> {
    const { needs, sumsOverHeldOut } = this.#record;
    if (needs(this.#knobs).centres === undefined || sumsOverHeldOut || this.#needsOthers) return undefined;
    const parts: Float32Array[] = [];
    for (const label of given.present.keys()) {
      const present = given.present.map((isPresent, other) => (other === label ? isPresent : 0));
      parts.push((await this.#evaluated({ ...given, present })).forces);
    }
    const longest = Math.max(...whole.map(Math.abs));
    const addsUp = whole.every((force, i) => {
      const sum = parts.reduce((total, part) => total + (part[i] as number), 0);
      return Math.abs(sum - force) <= TOLERANCE * longest;
    });
    return addsUp ? parts : undefined;
  }

  #amongOthers({ features, labels, present }: Given, place: number): Given {
    const { others } = this.#request;
    return {
      features: Float32Array.from([...features.subarray(place * DIM, (place + 1) * DIM), ...others.features]),
      labels: Uint8Array.from([labels[place] as number, ...others.labels]),
      present,
    };
  }

  /** −λ·∂J/∂x times the batch, [count × 2], and λ·J. */
  async #evaluated(given: Given): Promise<{ readonly forces: Float32Array; readonly value: number }> {
    const count = given.labels.length;
    const [scaled, value] = tf.tidy(() => {
      const batch = this.#batch(given);
      const { value, grads } = tf
        .engine()
        .gradients(() => meanOver(batch, this.#knobs, this.#module), [batch.features], undefined, true);
      const gradient = (grads[0] as tf.Tensor | null) ?? tf.zerosLike(batch.features);
      return [tf.mul(gradient, -this.#weight * count), tf.mul(value, this.#weight)];
    });
    try {
      const forces = await read(scaled as tf.Tensor);
      return { forces, value: (await read(value as tf.Tensor))[0] as number };
    } finally {
      tf.dispose([scaled, value] as tf.Tensor[]);
    }
  }

  #batch({ features, labels, present }: Given): BatchOutputs {
    const { centres, agents } = this.#request;
    const classes = this.#classes;
    const oneHot = new Float32Array(labels.length * classes);
    labels.forEach((label, row) => {
      oneHot[row * classes + label] = 1;
    });
    const isWhole = present.every((isPresent) => isPresent === 1);
    // A centre that is no number belongs to a class that takes no part; its numbers must be some.
    const known = centres.map((value) => (Number.isFinite(value) ? value : 0));
    return {
      features: tf.tensor2d(features, [labels.length, DIM]),
      oneHot: tf.tensor2d(oneHot, [labels.length, classes]),
      agents: tf.tensor2d(agents ?? new Float32Array(DIM * classes), [DIM, classes]),
      centres: tf.tensor2d(known, [classes, DIM]),
      present: isWhole || this.#record.sumsOverHeldOut ? undefined : tf.tensor1d([...present], 'float32'),
    };
  }
}

function alone({ features, labels, present }: Given, place: number): Given {
  return {
    features: features.slice(place * DIM, (place + 1) * DIM),
    labels: labels.slice(place, place + 1),
    present,
  };
}
