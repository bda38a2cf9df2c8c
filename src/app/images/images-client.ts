/** The page's side of the worker that reads images. */

import { attend } from '../../training/link/attend.ts';
import type { PickedFile } from '../state/slices/view.ts';
import type { ImagesNews, ImagesTask } from './images-worker.ts';
import type { Listing, OwnForm, Preview } from './own-reader.ts';

type NewsOf<T extends ImagesNews['type']> = Extract<ImagesNews, { type: T }>;

/** One worker for what was chosen, until it is ended; one task after the other. */
export class ImagesClient {
  readonly #worker = new Worker(new URL('./images-worker.ts', import.meta.url), {
    type: 'module',
    name: 'images',
  });
  #isOver = false;
  #waiting: { readonly resolve: (news: ImagesNews) => void; readonly reject: (error: Error) => void }[] = [];
  #onProgress: (share: number) => void = () => {};

  constructor() {
    attend<ImagesNews>(this.#worker, () => !this.#isOver, {
      onMessage: (news) => {
        if (news.type === 'progress') this.#onProgress(news.done / news.of);
        else if (news.type === 'refused') this.#waiting.shift()?.reject(new Error(news.sentence));
        else this.#waiting.shift()?.resolve(news);
      },
      onError: (message) => this.#fail(message || 'the code that reads them did not come'),
      onUnreadable: () => this.#fail('the answer can’t be read'),
    });
  }

  /** @throws Error with a sentence where these files make no data set */
  async open(files: readonly PickedFile[]): Promise<Listing> {
    return (await this.#ask<'listing'>({ type: 'open', files })).listing;
  }

  async preview(form: OwnForm): Promise<Preview> {
    return (await this.#ask<'preview'>({ type: 'preview', form })).preview;
  }

  /** @throws Error with a sentence where what can be read makes no data set */
  read(form: OwnForm, isKept: boolean, onProgress: (share: number) => void): Promise<NewsOf<'read'>> {
    this.#onProgress = onProgress;
    return this.#ask<'read'>({ type: 'read', form, isKept });
  }

  /** Whatever it is at is given up; nobody is told. */
  end(): void {
    this.#isOver = true;
    this.#worker.terminate();
    this.#waiting = [];
  }

  #ask<T extends ImagesNews['type']>(task: ImagesTask): Promise<NewsOf<T>> {
    this.#worker.postMessage(task);
    return new Promise<ImagesNews>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      // Tasks are answered in their order, each by its own kind.
    }) as Promise<NewsOf<T>>;
  }

  #fail(reason: string): void {
    const waiting = this.#waiting;
    this.end();
    for (const { reject } of waiting) reject(new Error(`These files can’t be read: ${reason}.`));
  }
}
