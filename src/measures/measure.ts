/**
 * What a measure is: its name, words, formula and function in one record, and the context that it is
 * computed from. Panel readings, table, curves, help, results page and command line read the records
 * (measures.ts).
 */

import type { Margins } from '../losses/objective.ts';
import type { DecisionRule } from '../losses/term.ts';
import { type LabelledFeatures, ofClasses, withoutClasses } from './classes.ts';
import type { PairOptions } from './pairs.ts';

/** A run's features and what else is known of the run. */
export interface Measured extends LabelledFeatures {
  /** Learned centres, [classes × dim]; a class whose row is not finite has none. */
  readonly centres: Float32Array;
  /** Classes that training never saw. */
  readonly heldOut: readonly number[];
  /** Radii that samples are measured against; without them the shares beyond them are not computed. */
  readonly margins?: Margins | undefined;
  /** The classifier's weights W, [dim × classes]. */
  readonly agents?: Float32Array | undefined;
  /** The run's own decision rule. */
  readonly rule?: DecisionRule | undefined;
  /** Predicted class a sample by the run's own rule, [count], where the rule itself can't be applied. */
  readonly predictions?: Uint8Array | undefined;
  /** Class means of training images, [classes × dim]. */
  readonly trainingMeans?: Float32Array | undefined;
  /** From where angles between samples are seen: the origin, or the mean of the samples of classes that training saw. */
  readonly cosineAbout?: 'origin' | 'mean' | undefined;
  /** Genuine and impostor pairs: so many of each. */
  readonly pairs?: PairOptions | undefined;
}

/** One run's features as all measures see them. What several measures need is computed once. */
export class MeasureContext {
  readonly run: Measured;
  readonly #found = new Map<(context: MeasureContext) => unknown, unknown>();

  constructor(run: Measured) {
    this.run = run;
  }

  /** What `step` finds; it is computed at the first call, and known by its identity afterwards. */
  once<T>(step: (context: MeasureContext) => T): T {
    if (!this.#found.has(step)) this.#found.set(step, step(this));
    return this.#found.get(step) as T;
  }

  isSeen(label: number): boolean {
    return !this.run.heldOut.includes(label);
  }
}

/** The samples of the classes that training saw. */
export function seenSamples(context: MeasureContext): LabelledFeatures {
  const { run } = context;
  return run.heldOut.length === 0 ? run : ofClasses(run, (label) => context.isSeen(label));
}

/** The samples of the classes that training never saw; undefined where it saw all. */
export function unseenSamples(context: MeasureContext): LabelledFeatures | undefined {
  const { run } = context;
  return run.heldOut.length === 0 ? undefined : ofClasses(run, (label) => !context.isSeen(label));
}

/** The learned centres of the classes that training saw, [classes × dim]; NaN for the others. */
export function seenCentres({ run }: MeasureContext): Float32Array {
  return withoutClasses(run.centres, run.heldOut, run.dim);
}

/** Where a measure is shown beside the list of all measures, in the order of the registry. */
export interface Shown {
  /** In each panel. */
  readonly panel?: { readonly testId?: string; readonly title?: string; readonly digits?: number };
  /** In the table below the panels, columns in rising order: first what compares runs of different scale. */
  readonly column?: { readonly order: number; readonly heading?: string; readonly digits?: number };
  /** As curves, charts in rising order. */
  readonly chart?: {
    readonly order: number;
    readonly title?: string;
    /** Bounds of the value axis; each one left out follows the data. */
    readonly low?: number;
    readonly high?: number;
  };
  /** What stands before its number in a panel's spoken summary. */
  readonly summary?: string;
}

export interface Measure {
  /** In JSON, on the command line and in files. */
  readonly name: string;
  /** On the page. */
  readonly title: string;
  /** As a heading among others, where the title is too long or has a capital that only a title needs. */
  readonly heading?: string;
  /** What it is: help and list of measures. */
  readonly sentence: string;
  readonly tex: string;
  /** Where the letter uses it, as a sentence. */
  readonly letter?: string;
  /** Undefined where neither is better by itself. */
  readonly better?: 'higher' | 'lower';
  /**
   * 'arbitrary' where the number grows with the features' scale, which many losses leave free: two runs
   * can't be compared by it, and none is the best.
   */
  readonly scale?: 'arbitrary';
  /** Digits after the point. */
  readonly digits: number;
  /** With every snapshot while training, or only where all measures are asked for. */
  readonly when: 'snapshot' | 'evaluation';
  readonly shown?: Shown;
  /**
   * NaN where it is not defined on these features; undefined where the context lacks what it needs (agents,
   * classes held out), so that it is left out.
   */
  readonly compute: (context: MeasureContext) => number | undefined;
}

/** Numbers by name. */
export type NamedMeasures = Readonly<Record<string, number>>;

/** @throws RangeError from verification where a feature is not a number */
export function computed(measures: readonly Measure[], context: MeasureContext): NamedMeasures {
  return Object.fromEntries(
    measures.flatMap(({ name, compute }) => {
      const value = compute(context);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

export function headingOf({ heading, title }: Measure): string {
  return heading ?? title;
}

/** A value to show; a dash where there is no number. Where the scale is arbitrary, four digits wherever the point is. */
export function valueText({ scale, digits }: Measure, value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return scale === 'arbitrary' ? value.toPrecision(4) : value.toFixed(digits);
}
