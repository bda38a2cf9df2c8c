/** The test images that the plots show: a balanced part of the test set, or all of it. */

import type { ImageSet } from '../../data/image-set.ts';
import { chosen, type LabelledImages } from '../../data/labelled-images.ts';
import { balancedProbe } from '../../data/probe.ts';
import { classCount } from '../../data/set.ts';
import type { SampleSet } from './protocol.ts';

/** Images [count × side²] and labels [count], with their indices in the test set, [count]. */
export type ChosenSamples = Pick<LabelledImages, 'images' | 'labels'> & { readonly indices: Uint32Array };

/** Remembers which samples the reader wants and which are shown. */
export class Samples {
  /** What the reader wants to see. */
  wanted: SampleSet = 'balanced';
  #shown: LabelledImages | undefined;

  /** Undefined before the first choice. */
  get shown(): LabelledImages | undefined {
    return this.#shown;
  }

  /**
   * Shows what is wanted as far as it has arrived.
   *
   * @returns undefined where they are those that were shown before
   */
  choose({ set, test, testCount }: ImageSet): ChosenSamples | undefined {
    const isAll = this.wanted === 'all' && testCount === set.counts.test;
    const { perClass, from } = set.probe;
    const indices = isAll
      ? Uint32Array.from(test.labels, (_, index) => index)
      : balancedProbe(test.labels.subarray(0, from), { perClass, classes: classCount(set) });
    if (indices.length === this.#shown?.labels.length) return undefined;
    this.#shown = chosen(test, indices);
    return { images: this.#shown.images, labels: this.#shown.labels, indices };
  }
}
