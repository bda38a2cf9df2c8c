/** The worker that reads images of one's own: neither many of them nor hostile ones may hold the page. */

import { DataError } from '../../data/errors.ts';
import type { DecodedImage } from '../../data/netpbm.ts';
import { keepImages } from '../../data/own-images.ts';
import { reasonOf } from '../../data/reason-of.ts';
import {
  type BlobFile,
  type Listing,
  type OwnForm,
  OwnReader,
  type Preview,
  type ReadSet,
} from './own-reader.ts';

/** Page → worker: one task at a time. */
export type ImagesTask =
  | { readonly type: 'open'; readonly files: readonly BlobFile[] }
  | { readonly type: 'preview'; readonly form: OwnForm }
  /** @param isKept in this browser, for the next visit */
  | { readonly type: 'read'; readonly form: OwnForm; readonly isKept: boolean };

/** Worker → page: progress, then one answer. */
export type ImagesNews =
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | { readonly type: 'listing'; readonly listing: Listing }
  | { readonly type: 'preview'; readonly preview: Preview }
  | {
      readonly type: 'read';
      readonly set: ReadSet;
      /** Undefined where they are kept as asked; else a sentence that says why not. */
      readonly notKept: string | undefined;
    }
  | { readonly type: 'refused'; readonly sentence: string };

const scope = self as unknown as DedicatedWorkerGlobalScope;
const tell = (news: ImagesNews, transfer: Transferable[] = []) => scope.postMessage(news, transfer);

/** By the browser: without colour profiles, which machines treat differently. */
async function decoded(bytes: Uint8Array): Promise<DecodedImage> {
  const blob = new Blob([bytes as BlobPart]);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  } catch {
    throw new DataError('It is damaged, or this browser can’t decode it.');
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new DataError('This browser has no canvas to decode it with.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, channels: 4, values: new Uint8Array(data.buffer) };
}

const reader = new OwnReader(decoded);

async function answerTo(task: ImagesTask): Promise<void> {
  switch (task.type) {
    case 'open':
      return tell({ type: 'listing', listing: await reader.open(task.files) });
    case 'preview':
      return tell({ type: 'preview', preview: await reader.preview(task.form) });
    case 'read': {
      const set = await reader.read(task.form, (done, of) => tell({ type: 'progress', done, of }));
      const notKept = task.isKept ? await kept(set) : undefined;
      return tell({ type: 'read', set, notKept }, [
        set.own.images.buffer,
        set.own.labels.buffer,
      ] as ArrayBuffer[]);
    }
  }
}

async function kept({ header, own }: ReadSet): Promise<string | undefined> {
  try {
    await keepImages(header, own);
    return undefined;
  } catch {
    return 'This browser does not keep the images (a full disk or a private window): they are here for this visit.';
  }
}

scope.addEventListener('message', ({ data }: MessageEvent<ImagesTask>) => {
  answerTo(data).catch((error: unknown) => {
    const sentence =
      error instanceof DataError ? error.message : `These files can’t be read: ${reasonOf(error)}.`;
    tell({ type: 'refused', sentence });
  });
});
