/** Data files that were verified once and stay on the device, in the browser's cache storage, under their digest. */

import type { FileEntry } from './manifest.ts';

type Key = Pick<FileEntry, 'name' | 'sha256'>;

/** Whatever fails here costs a download, never the page: a full disk, a private window. */
export class FileCache {
  readonly #cache: Promise<Cache | undefined>;
  readonly #baseUrl: string;

  /**
   * @param baseUrl the folder of the set's files, ending in '/'; other sets share the cache
   * @param caches undefined where the browser has none, as on plain http
   */
  constructor(baseUrl: string, caches: CacheStorage | undefined = globalThis.caches) {
    this.#baseUrl = baseUrl;
    this.#cache = Promise.resolve(caches?.open('margin-loss-lab-data')).catch(() => undefined);
  }

  /** As served; to be verified again. */
  async get(key: Key): Promise<Uint8Array | undefined> {
    try {
      const response = await (await this.#cache)?.match(this.#urlOf(key));
      return response && new Uint8Array(await response.arrayBuffer());
    } catch {
      return undefined;
    }
  }

  async put(key: Key, served: Uint8Array): Promise<void> {
    try {
      await (await this.#cache)?.put(this.#urlOf(key), new Response(served as BodyInit));
    } catch {
      // It is loaded again next time.
    }
  }

  async drop(key: Key): Promise<void> {
    try {
      await (await this.#cache)?.delete(this.#urlOf(key));
    } catch {
      // It will be refused again.
    }
  }

  /** Forgets the files of this set's own folder that are none of these: those of an older version. */
  async keepOnly(keys: readonly Key[]): Promise<void> {
    try {
      const cache = await this.#cache;
      const wanted = new Set(keys.map((key) => this.#urlOf(key)));
      for (const { url } of (await cache?.keys()) ?? []) {
        if (this.#isOwn(url) && !wanted.has(url)) await cache?.delete(url);
      }
    } catch {
      // The browser clears old caches by itself.
    }
  }

  /** True for a file right in the set's folder; a folder in it is another set's. */
  #isOwn(url: string): boolean {
    return new URL('.', url).href === new URL('.', this.#baseUrl).href;
  }

  #urlOf({ name, sha256 }: Key): string {
    return new URL(`${name}?sha256=${sha256}`, this.#baseUrl).href;
  }
}
