/** The images as they arrive: those that runs learn from, and those that the plots show. */

import type { DataProgress, ImageSet } from '../../data/image-set.ts';
import type { LabelledImages } from '../../data/labelled-images.ts';
import { CENTRE_IMAGES } from '../lab/lab.ts';
import type { Experiment, SampleSet } from './protocol.ts';
import { Samples } from './samples.ts';

/** What the first picture needs is here; all images are here. */
export type ImagesNote = 'dataReady' | 'testReady';

/** Opens the data set that an experiment is learnt from, in the parts that it needs. */
export type OpenData = (
  experiment: Experiment,
  dataUrl: string,
  onProgress: (progress: DataProgress) => void,
) => ImageSet;

export interface ImagesOptions {
  readonly onNote: (note: ImagesNote) => void;
  /** Called with a sentence where they can't be had; `load` goes on with the rest. */
  readonly onFailure: (sentence: string) => void;
}

/** Loads one data set and notes when the first picture and when all test images can be shown. */
export class Images {
  readonly #data: ImageSet;
  readonly #options: ImagesOptions;
  readonly #samples = new Samples();
  #isWanted = false;
  #isLoading = false;

  constructor(data: ImageSet, options: ImagesOptions) {
    this.#data = data;
    this.#options = options;
  }

  /** They are being fetched, or are here. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** Starts the download, or goes on with what is missing. */
  load(): void {
    this.#isWanted = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    const { onNote, onFailure } = this.#options;
    const { counts, probe } = this.#data.set;
    const first = Promise.all([
      this.#data.whenTrain(Math.min(CENTRE_IMAGES, counts.train)),
      this.#data.whenTest(probe.from),
    ]);
    first.then(
      () => onNote('dataReady'),
      () => {},
    );
    this.#data.load().then(
      () => {
        this.#isLoading = false;
        onNote('testReady');
      },
      (error: unknown) => {
        this.#isLoading = false;
        onFailure(error instanceof Error ? error.message : 'The images could not be loaded.');
      },
    );
  }

  /** True when that many training images have arrived. */
  suffice(count: number): boolean {
    return this.#data.trainCount >= count;
  }

  get training(): LabelledImages {
    return this.#data.train;
  }

  /** The whole test set; undefined before all of it is here. */
  get test(): LabelledImages | undefined {
    const { set, test, testCount } = this.#data;
    return testCount < set.counts.test ? undefined : test;
  }

  /** Which test images the plots show from now on. */
  get wanted(): SampleSet {
    return this.#samples.wanted;
  }

  set wanted(samples: SampleSet) {
    this.#samples.wanted = samples;
  }

  /** What the plots show; undefined before the first choice. */
  get shown(): LabelledImages | undefined {
    return this.#samples.shown;
  }

  /** As `Samples.choose`. */
  choose(): ReturnType<Samples['choose']> {
    return this.#samples.choose(this.#data);
  }
}
