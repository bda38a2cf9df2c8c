/** The images of the samples that are shown: of live ones they come with the features, of the recording in a file of their own. */

import type { DataSet } from '../../../data/set.ts';
import { dataSet } from '../../../data/sets.ts';
import type { Recording } from '../../../timeline/recording.ts';
import { setOf } from '../../../training/link/protocol.ts';
import { recordingShown } from '../selectors.ts';
import type { PageState } from '../store.ts';
import { withNotice } from './notices.ts';
import { type Access, none, type StateOf } from './slice.ts';

export const imagesSlice = {
  visit: {
    /** Of the recording's samples, [count × side²] bytes; undefined until someone has wanted them. */
    recordedImages: none<Uint8Array>(),
  },
  fresh: () => ({}),
};

export type ImagesState = StateOf<typeof imagesSlice>;

/** One byte a pixel, 0 paper and 255 ink; of photographs 0 black and 255 white. */
export interface SampleImages {
  /** [count × side²], in the order of the samples shown. */
  readonly pixels: Uint8Array;
  readonly side: number;
  /** Bytes are light, not ink. */
  readonly isLight?: boolean;
}

/** The images of the samples shown; undefined while they are not here. Equal inputs give the identical object. */
export function imagesShown(state: PageState): SampleImages | undefined {
  const recording = recordingShown(state);
  if (recording !== undefined) return imagesOf(state.recordedImages, dataSet(recording.data));
  const { probe, samples, experiment } = state;
  const isOfThese = probe !== undefined && probe.labels.length === samples?.labels.length;
  return imagesOf(isOfThese ? probe.images : undefined, setOf(experiment));
}

const known = new WeakMap<Uint8Array, SampleImages>();

function imagesOf(pixels: Uint8Array | undefined, { side, isLight }: DataSet): SampleImages | undefined {
  if (pixels === undefined) return undefined;
  const images = known.get(pixels) ?? { pixels, side, ...(isLight ? { isLight } : {}) };
  known.set(pixels, images);
  return images;
}

export interface ImagesCommands {
  /** To be called by whatever would show images: while the recording is shown, its images are fetched once. */
  wantImages(): void;
}

export interface ImagesOptions {
  /** @throws DataError with a sentence */
  readonly fetchRecordedImages: (recording: Recording) => Promise<Uint8Array>;
}

export function createImagesCommands(
  store: Access<PageState>,
  { fetchRecordedImages }: ImagesOptions,
): ImagesCommands {
  let isFetching = false;
  return {
    wantImages() {
      const recording = recordingShown(store.getState());
      if (recording === undefined || store.getState().recordedImages !== undefined || isFetching) return;
      isFetching = true;
      fetchRecordedImages(recording).then(
        (recordedImages) => store.setState({ recordedImages }),
        (error: Error) => {
          // The next one who wants them may be luckier.
          isFetching = false;
          store.setState((state) => withNotice(state, error.message));
        },
      );
    },
  };
}
