/**
 * What a loss term is. Its record is plain data that the page reads without TensorFlow.js; its value on a
 * batch stands apart, in the `loss.ts` beside the record.
 */

import type * as tf from '@tensorflow/tfjs-core';

/**
 * The three places of the joint objective, each with one term and one weight:
 *
 *     J = λ₀·head + λ₁·centre term + λ₂·metric term
 */
export const SLOTS = ['head', 'centre', 'metric'] as const;
export type Slot = (typeof SLOTS)[number];

/** For a reader, in the order of menus. */
export const GROUPS = ['Softmax family', 'Unit circle', 'Hinges', 'Centres', 'Pairs and triplets'] as const;
export type Group = (typeof GROUPS)[number];

/** A number of a term that can be set: a slider. */
export interface NumberKnob {
  readonly kind: 'number';
  /** Name in objectives, links and on the command line, e.g. 'alphaPlus'. */
  readonly key: string;
  /** As formulas write it, e.g. 'α₊'. */
  readonly symbol: string;
  /** What it is, in a word: the slider is named by symbol and word, e.g. "α₊ inside". */
  readonly word: string;
  readonly unit: 'feature units' | 'squared feature units' | 'radians' | 'none';
  /** Closed. */
  readonly range: readonly [min: number, max: number];
  readonly step: number;
  readonly isLogarithmic?: boolean;
  readonly isWhole?: boolean;
  readonly default: number;
  /** Numbers that `npm run tune` tries, beside the default. */
  readonly tried?: readonly number[];
  readonly help: string;
}

/** One of a few variants of a term: a menu. */
export interface ChoiceKnob {
  readonly kind: 'choice';
  readonly key: string;
  readonly word: string;
  readonly options: readonly { readonly value: string; readonly title: string }[];
  readonly default: string;
  readonly help: string;
}

/** A yes or no: a checkbox. */
export interface FlagKnob {
  readonly kind: 'flag';
  readonly key: string;
  readonly word: string;
  readonly default: boolean;
  readonly help: string;
}

export type Knob = NumberKnob | ChoiceKnob | FlagKnob;
export type KnobValue = number | string | boolean;
/** A value for every knob of a term, by key. */
export type Knobs = Readonly<Record<string, KnobValue>>;

type ValueOf<K extends Knob> = K extends ChoiceKnob
  ? K['options'][number]['value']
  : K extends FlagKnob
    ? boolean
    : number;
/** The knobs of one record, with the types that its declaration gives them. */
export type KnobsOf<R extends { readonly knobs: readonly Knob[] }> = {
  readonly [K in R['knobs'][number] as K['key']]: ValueOf<K>;
};

/** What has to be there before a term can be evaluated: it decides what is allocated. */
export interface Needs {
  /** The classifier's weights, shared by all heads: a change of head takes over what the last one has learnt. */
  readonly agents?: boolean;
  /**
   * Class centres: 'moving' ones follow the letter's rule without gradient; 'trained' ones are parameters of their own at
   * the end of θ, from the moving ones when the term begins.
   */
  readonly centres?: 'moving' | 'trained';
  /** The centres are those of directions x̂, not of features: of the term's own, even where they move. */
  readonly ofDirections?: boolean;
  /** How strongly the run's moving centres push each other apart, on the circle, as they are updated; 0 where it is left out. */
  readonly centreSpread?: number;
  /** Of trained centres, in multiples of the network's learning rate; 1 where it is left out. */
  readonly centreRate?: number;
  /** Every sample of the batch at once, as pairs do. Not evaluated while its weight is 0. */
  readonly wholeBatch?: boolean;
}

/** Are centres kept for this term alone? */
export function hasOwnCentres({ centres, ofDirections = false }: Needs): boolean {
  return centres === 'trained' || (centres === 'moving' && ofDirections);
}

/**
 * How a sample is classified: by the largest logit w_j·x, by the largest cosine with an agent, by the nearest centre, or
 * by the largest cosine with a centre.
 */
export type DecisionRule = 'logits' | 'cosine' | 'nearest centre' | 'centre cosine';

/**
 * 'any' random weights do; 'softmax first': from random weights it finds no good order of the classes; 'own annealing': it
 * begins as softmax by itself.
 */
export type Start = 'any' | 'softmax first' | 'own annealing';

/** The same whatever the knobs, or as they say. */
export type ByKnobs<T extends string> = T | ((knobs: Knobs) => T);

export function byKnobs<T extends string>(value: ByKnobs<T>, knobs: Knobs): T {
  return typeof value === 'function' ? value(knobs) : value;
}

/** A number that a term changes by itself as it is trained: a pure function of the steps since it began to act. */
export interface Annealed {
  /** As knobs are named, e.g. 'lambda'; where it is among them, it stands fixed at that value. */
  readonly key: string;
  readonly range: readonly [min: number, max: number];
  readonly at: (knobs: Knobs, stepsSinceStart: number) => number;
}

/** Circles round every centre, in feature units: those of the own class inside, those of the others outside. */
export interface Circle {
  readonly kind: 'inside' | 'outside';
  readonly radius: number;
}

export interface Source {
  /** Authors, title, venue, year. */
  readonly text: string;
  readonly url: string;
}

/** What a term does by its nature, and is no fault of training: said where a run stops for it, with a way out. */
export interface Lesson {
  /** All features in one point, or beyond every scale. */
  readonly failure: 'collapse' | 'runaway';
  /** The settings that do it. */
  readonly applies: (knobs: Knobs) => boolean;
  /** It does so only where no other term is active. */
  readonly isAlone?: true;
  /** A clause: why. */
  readonly text: string;
  /** What helps: knobs of the term, or a weight of the head beside it. */
  readonly wayOut: { readonly text: string; readonly knobs?: Knobs; readonly head?: number };
}

/** One loss term in plain data. All that a reader, a link, a file or a command knows of it comes from here. */
export interface TermRecord {
  /** For links, sessions and the command line, e.g. 'arcface'. */
  readonly id: string;
  readonly slot: Slot;
  readonly group: Group;
  /** In menus, e.g. 'ArcFace'. */
  readonly title: string;
  /** Behind λ in the name of its weight's slider, e.g. 'center' in "λ₁ center". */
  readonly word: string;
  /** What it rewards and what it does to the picture. */
  readonly sentence: string;
  /** What a switch to it does to the picture, said where the measure has gone that way by a fifth or more. */
  readonly effect?: {
    readonly measure: 'D1' | 'D2OverD1';
    readonly goes: 'up' | 'down';
    readonly text: string;
  };
  /** The symbol of its value in TeX, e.g. 'J_S', and what it stands for. */
  readonly symbol: string;
  readonly tex: ByKnobs<string>;
  readonly source: Source;
  /** Of the weight λ where the term is chosen. */
  readonly weight: number;
  /** The weight of softmax in its presets, where the term is not meant to stand alone; of a centre term 1. */
  readonly besideSoftmax?: number;
  /** Weights that `npm run tune` tries, beside the default. */
  readonly triedWeights?: readonly number[];
  readonly knobs: readonly Knob[];
  readonly needs: (knobs: Knobs) => Needs;
  readonly annealed?: Annealed;
  /** Further combinations with a name, beside the term at its defaults. */
  readonly presets?: readonly TermPreset[];
  /** How its features are classified. A metric term's rule holds while no head is active. */
  readonly rule: ByKnobs<DecisionRule>;
  /** The distance in which its features are compared. */
  readonly distance: ByKnobs<'euclidean' | 'cosine'>;
  /** Of centre and metric terms it counts while no head is active. */
  readonly start: ByKnobs<Start>;
  /**
   * True for a head whose training still sums over held-out classes: the lab's softmax does, so that older
   * sessions and links train on bit for bit.
   */
  readonly sumsOverHeldOut?: boolean;
  /** Drawn round each centre while the term is active. */
  readonly circles?: (knobs: Knobs) => readonly Circle[];
  readonly lessons?: readonly Lesson[];
  /** A sentence on settings that ask for more room than so many classes have in two dimensions. */
  readonly room?: (classes: number, knobs: Knobs) => string | undefined;
}

/** A term with knobs away from their defaults, worth a name: a head or a metric term alone, a centre term beside softmax. */
export interface TermPreset {
  /** On the command line, in links of pictures, e.g. 'margin-nearest'. */
  readonly name: string;
  readonly title: string;
  /** What differs from the term at its defaults, for a reader. */
  readonly sentence: string;
  /** That of the term where it is left out. */
  readonly weight?: number;
  readonly knobs: Knobs;
}

/** What a loss sees of one batch. */
export interface BatchOutputs {
  /** x, [batch, dim] */
  readonly features: tf.Tensor2D;
  /** Y, [batch, classes], 1 at the label of each row */
  readonly oneHot: tf.Tensor2D;
  /** W, [dim, classes]: a column an agent w_j */
  readonly agents: tf.Tensor2D;
  /** C, [classes, dim]: moving, or the term's own trained ones */
  readonly centres: tf.Tensor2D;
  /** [classes], 1 for a class that takes part, else 0; all do where it is left out */
  readonly present?: tf.Tensor1D | undefined;
}

/** The module `loss.ts` of a term. */
export interface LossModule {
  /** The mean over the batch, a scalar; differentiable in the features and in what it needs. */
  loss(batch: BatchOutputs, knobs: Knobs): tf.Scalar;
}

/** A line of the registry. */
export interface TermEntry {
  readonly record: TermRecord;
  readonly load: () => Promise<LossModule>;
}

/** A number of a knob. @throws RangeError where it is none */
export function numberOf(knobs: Knobs, key: string): number {
  const value = knobs[key];
  if (typeof value !== 'number') throw new RangeError(`The knob "${key}" has no number.`);
  return value;
}
