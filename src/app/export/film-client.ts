/** The page's side of the worker that makes films. */

import { attend } from '../../training/link/attend.ts';
import type { FilmFormat, FilmPlan } from './film-plan.ts';
import type { FilmNews, FilmTask } from './film-worker.ts';

export interface Film {
  readonly bytes: Promise<Uint8Array>;
  cancel(): void;
}

/** A film that nobody waits for any more. */
export class CancelledError extends Error {}

/** Formats that this browser can make at this size; GIF alone where it can't be asked. */
export async function filmFormats(width: number, height: number): Promise<readonly FilmFormat[]> {
  try {
    const news = await talk({ type: 'formats', width, height }, () => {}).result;
    return news.type === 'formats' ? news.formats : ['gif'];
  } catch {
    return ['gif'];
  }
}

/** @param onProgress hears the share that is done, 0 to 1 */
export function makeFilm(plan: FilmPlan, format: FilmFormat, onProgress: (share: number) => void): Film {
  const { result, cancel } = talk({ type: 'make', plan, format }, (news) => {
    if (news.type === 'progress') onProgress(news.done / news.of);
  });
  const bytes = result.then((news) => {
    if (news.type !== 'film') throw new Error('The film did not come.');
    return news.bytes;
  });
  return { bytes, cancel };
}

/** A worker for one task, ended with its answer. @throws Error with a sentence */
function talk(task: FilmTask, onNews: (news: FilmNews) => void) {
  let cancel = () => {};
  const result = new Promise<FilmNews>((resolve, reject) => {
    const worker = new Worker(new URL('./film-worker.ts', import.meta.url), { type: 'module', name: 'film' });
    let isOver = false;
    const end = (done: () => void) => {
      isOver = true;
      worker.terminate();
      done();
    };
    cancel = () => end(() => reject(new CancelledError('The film was cancelled.')));
    const fail = (reason: string) => end(() => reject(new Error(`The film could not be made: ${reason}.`)));
    attend<FilmNews>(worker, () => !isOver, {
      onMessage: (news) => {
        if (news.type === 'failed') fail(news.reason.replace(/\.$/, ''));
        else if (news.type === 'progress') onNews(news);
        else end(() => resolve(news));
      },
      onError: (message) => fail(message || 'its code did not come'),
      onUnreadable: () => fail('its answer can’t be read'),
    });
    worker.postMessage(task);
  });
  return { result, cancel: () => cancel() };
}
