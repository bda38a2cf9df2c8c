/** A worker that makes one film and tells how far it is. Ending it is cancelling. */

import type { Frame } from '../../timeline/timeline.ts';
import { contextOf, encoderOf, supportedFormats } from './film-encoders.ts';
import { drawPicture } from './film-picture.ts';
import { type FilmFormat, type FilmPlan, filmSize, pictureCount, STILL } from './film-plan.ts';

/** Page → worker. */
export type FilmTask =
  | { readonly type: 'formats'; readonly width: number; readonly height: number }
  | { readonly type: 'make'; readonly plan: FilmPlan; readonly format: FilmFormat };

/** Worker → page. */
export type FilmNews =
  | { readonly type: 'formats'; readonly formats: readonly FilmFormat[] }
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | { readonly type: 'film'; readonly bytes: Uint8Array }
  | { readonly type: 'failed'; readonly reason: string };

const scope = self as unknown as DedicatedWorkerGlobalScope;
const tell = (news: FilmNews, transfer: Transferable[] = []) => scope.postMessage(news, transfer);

scope.addEventListener('message', async ({ data }: MessageEvent<FilmTask>) => {
  try {
    if (data.type === 'formats') {
      tell({ type: 'formats', formats: await supportedFormats(data.width, data.height) });
    } else await make(data.plan, data.format);
  } catch (error) {
    tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
});

async function make(plan: FilmPlan, format: FilmFormat): Promise<void> {
  const { width, height } = filmSize(plan);
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  const draw = (share: number) => drawPicture(context, plan, stepAt(plan.frames, share));
  const { framesPerSecond } = plan;
  const count = pictureCount(plan);
  const encoder = await encoderOf(format, canvas, { framesPerSecond, look: draw });
  for (let i = 0; i < count; i++) {
    draw(i / (count - 1));
    await encoder.add(i === count - 1 ? STILL : 1 / framesPerSecond);
    tell({ type: 'progress', done: i + 1, of: count });
  }
  const bytes = await encoder.finish();
  tell({ type: 'film', bytes }, [bytes.buffer as ArrayBuffer]);
}

/** As the page plays: each frame gets the same time, and frames are denser where pictures form. */
function stepAt(frames: readonly Frame[], share: number): number {
  const position = share * (frames.length - 1);
  const index = Math.min(frames.length - 1, Math.floor(position));
  const from = frames[index]?.step ?? 0;
  const to = frames[index + 1]?.step ?? from;
  return from + (to - from) * (position - index);
}
