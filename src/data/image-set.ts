/**
 * A data set as it arrives: labels first, then images shard by shard, so that training can
 * begin with the first. What has arrived is kept when something fails; `load` goes on with the rest.
 */

import { type DownloadOptions, downloadFile, downloadJson, patiently } from './download.ts';
import { DataError } from './errors.ts';
import { FileCache } from './file-cache.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';
import type { LabelledImages } from './labelled-images.ts';
import { type FileEntry, type Manifest, parseManifest } from './manifest.ts';
import { type Content, classCount, type DataSet, imageBytes, type Part } from './set.ts';

/** Where files come from: the network, or a folder in Node. */
export interface DataSource {
  /** Past any cache where it was refused before. Rejects with DataError. */
  manifest(isAnew: boolean): Promise<Manifest>;
  /** The verified, inflated bytes of a file, past any cache where it was refused before. Rejects with DataError. */
  file(entry: FileEntry, onBytes: (bytes: number) => void, isAnew: boolean): Promise<Uint8Array>;
}

/** @param dataUrl the folder of all data, ending in '/' */
export function httpSource(set: DataSet, dataUrl: string, options: DownloadOptions = {}): DataSource {
  const baseUrl = new URL(set.folder, dataUrl).href;
  const cache = new FileCache(baseUrl);
  return {
    async manifest(isAnew) {
      const url = new URL('manifest.json', baseUrl).href;
      const manifest = parseManifest(await downloadJson(url, 'manifest.json', { ...options, isAnew }), set);
      await cache.keepOnly(manifest.files);
      return manifest;
    },
    file: (entry, onBytes, isAnew) =>
      downloadFile(new URL(entry.name, baseUrl).href, entry, { cache, ...options, isAnew, onBytes }),
  };
}

export interface DataProgress {
  /** Bytes as served. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
  /** Training images that have arrived, without gaps from the first. */
  readonly trainImages: number;
}

export interface ImageSetOptions {
  readonly onProgress?: (progress: DataProgress) => void;
  /** Milliseconds before each further attempt at a file that did not come; none by default. */
  readonly retryAfter?: readonly number[];
}

/** Both parts of one data set while they download: images are [count × side²] bytes, labels [count]. */
export class ImageSet {
  readonly set: DataSet;
  /** Valid up to `trainCount`. */
  readonly train: LabelledImages;
  /** Valid up to `testCount`. */
  readonly test: LabelledImages;
  readonly #source: DataSource;
  readonly #onProgress: (progress: DataProgress) => void;
  readonly #retryAfter: readonly number[];
  #manifest: Manifest | undefined;
  #hasFailed = false;
  #arrived = new Set<string>();
  /** Files that came damaged: a cache may hold them so. */
  #refused = new Set<string>();
  #loading: Promise<void> | undefined;
  #received = 0;
  #waiting: Waiting[] = [];

  constructor(
    set: DataSet,
    source: DataSource,
    { onProgress = () => {}, retryAfter = [] }: ImageSetOptions = {},
  ) {
    this.set = set;
    this.train = emptyPart(set, 'train');
    this.test = emptyPart(set, 'test');
    this.#source = source;
    this.#onProgress = onProgress;
    this.#retryAfter = retryAfter;
  }

  /** Training images that have arrived without gaps from the first; 0 until their labels have. */
  get trainCount(): number {
    return this.#countOf('train');
  }

  /** The same of the test set. */
  get testCount(): number {
    return this.#countOf('test');
  }

  /**
   * Fetches what has not arrived yet, in the order of need; a call while another is under way joins it.
   *
   * @throws DataError at the first file that can't be had; what came before is kept
   */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    try {
      const attempt = (isAnew: boolean) => this.#source.manifest(isAnew || this.#hasFailed);
      this.#manifest ??= await patiently(attempt, this.#retryAfter);
      for (const entry of inOrderOfNeed(this.#manifest)) {
        if (!this.#arrived.has(entry.name)) await patiently(() => this.#fetch(entry), this.#retryAfter);
      }
    } catch (error) {
      this.#hasFailed = true;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
      throw error;
    }
  }

  /** Resolves when that many training images are here; rejects when a running `load` fails first. */
  whenTrain(count: number): Promise<void> {
    return this.#when(() => this.trainCount >= count);
  }

  whenTest(count: number): Promise<void> {
    return this.#when(() => this.testCount >= count);
  }

  async #fetch(entry: FileEntry): Promise<void> {
    const before = this.#received;
    try {
      const bytes = await this.#source.file(
        entry,
        (count) => {
          this.#received += count;
          this.#tell();
        },
        this.#refused.has(entry.name),
      );
      this.#put(entry, bytes);
    } catch (error) {
      this.#received = before;
      this.#refused.add(entry.name);
      throw error;
    }
    this.#arrived.add(entry.name);
    this.#received = before + entry.compressedBytes;
    this.#tell();
    const [ready, still] = split(this.#waiting, ({ isReady }) => isReady());
    this.#waiting = still;
    for (const { resolve } of ready) resolve();
  }

  #put(entry: FileEntry, bytes: Uint8Array): void {
    const { images, labels } = this[entry.part];
    const { count, start } = entry;
    const { side } = this.set;
    try {
      if (entry.content === 'images') {
        images.set(parseIdxImages(bytes, { count, side }), start * imageBytes(this.set));
      } else {
        labels.set(parseIdxLabels(bytes, { count, classes: classCount(this.set) }), start);
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      throw new DataError(`The file ${entry.name} is damaged. ${error.message}`);
    }
  }

  #countOf(part: Part): number {
    const labels = this.#files(part, 'labels');
    if (!labels.every((file) => this.#arrived.has(file.name))) return 0;
    let count = 0;
    for (const file of this.#files(part, 'images')) {
      if (!this.#arrived.has(file.name)) break;
      count += file.count;
    }
    return count;
  }

  /** None before the manifest is here. */
  #files(part: Part, content: Content): FileEntry[] {
    return this.#manifest?.files.filter((file) => file.part === part && file.content === content) ?? [];
  }

  #when(isReady: () => boolean): Promise<void> {
    if (isReady()) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ isReady, resolve, reject }));
  }

  #tell(): void {
    const totalBytes = this.#manifest?.files.reduce((sum, file) => sum + file.compressedBytes, 0) ?? 0;
    const receivedBytes = Math.min(this.#received, totalBytes);
    this.#onProgress({ receivedBytes, totalBytes, trainImages: this.trainCount });
  }
}

function emptyPart(set: DataSet, part: Part): LabelledImages {
  const count = set.counts[part];
  return { set, images: new Uint8Array(count * imageBytes(set)), labels: new Uint8Array(count) };
}

interface Waiting {
  readonly isReady: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Labels, the first shards of both sets, the other training shards, the rest of the test set. */
function inOrderOfNeed({ files }: Manifest): FileEntry[] {
  const need = ({ part, content, start }: FileEntry) => {
    if (content === 'labels') return 0;
    if (start === 0) return 1;
    return part === 'train' ? 2 : 3;
  };
  return [...files].sort((a, b) => need(a) - need(b) || a.start - b.start);
}

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
