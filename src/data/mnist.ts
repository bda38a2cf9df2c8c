/**
 * The MNIST data set as it arrives: labels first, then images shard by shard, so that training can
 * begin with the first. What has arrived is kept when something fails; `load` goes on with the rest.
 */

import { type DownloadOptions, downloadFile, downloadJson, patiently } from './download.ts';
import { DataError } from './errors.ts';
import { IMAGE_BYTES, parseIdxImages, parseIdxLabels } from './idx.ts';
import { KeptFiles } from './kept.ts';
import { COUNTS, type FileEntry, type FileKind, type Manifest, parseManifest } from './manifest.ts';

/** Where files come from: the network, or a folder in Node. */
export interface DataSource {
  /** Past any cache where it was refused before. Rejects with DataError. */
  manifest(isAnew: boolean): Promise<Manifest>;
  /** The verified, inflated bytes of a file, past any cache where it was refused before. Rejects with DataError. */
  file(entry: FileEntry, onBytes: (bytes: number) => void, isAnew: boolean): Promise<Uint8Array>;
}

/** @param baseUrl the folder with manifest.json, ending in '/' */
export function httpSource(baseUrl: string, options: DownloadOptions = {}): DataSource {
  const kept = new KeptFiles(baseUrl);
  return {
    async manifest(isAnew) {
      const url = new URL('manifest.json', baseUrl).href;
      const manifest = parseManifest(await downloadJson(url, 'manifest.json', { ...options, isAnew }));
      await kept.keepOnly(manifest.files);
      return manifest;
    },
    file: (entry, onBytes, isAnew) =>
      downloadFile(new URL(entry.name, baseUrl).href, entry, { kept, ...options, isAnew, onBytes }),
  };
}

export interface DataProgress {
  /** Bytes as served. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
  /** Training images that have arrived, without gaps from the first. */
  readonly trainImages: number;
}

export interface MnistOptions {
  readonly onProgress?: (progress: DataProgress) => void;
  /** Milliseconds before each further attempt at a file that did not come; none by default. */
  readonly retryAfter?: readonly number[];
}

export class Mnist {
  /** [60,000 × 784] bytes, 0 paper to 255 ink; valid up to `trainCount`. */
  readonly trainImages = new Uint8Array(COUNTS['train-images'] * IMAGE_BYTES);
  readonly trainLabels = new Uint8Array(COUNTS['train-labels']);
  /** [10,000 × 784]; valid up to `testCount`. */
  readonly testImages = new Uint8Array(COUNTS['t10k-images'] * IMAGE_BYTES);
  readonly testLabels = new Uint8Array(COUNTS['t10k-labels']);
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

  constructor(source: DataSource, { onProgress = () => {}, retryAfter = [] }: MnistOptions = {}) {
    this.#source = source;
    this.#onProgress = onProgress;
    this.#retryAfter = retryAfter;
  }

  /** Training images that have arrived without gaps from the first; 0 until their labels have. */
  get trainCount(): number {
    return this.#has('train-labels') ? this.#countOf('train-images') : 0;
  }

  /** The same of the test set. */
  get testCount(): number {
    return this.#has('t10k-labels') ? this.#countOf('t10k-images') : 0;
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
    const targets: Record<FileKind, Uint8Array> = {
      'train-images': this.trainImages,
      'train-labels': this.trainLabels,
      't10k-images': this.testImages,
      't10k-labels': this.testLabels,
    };
    const isImages = entry.kind === 'train-images' || entry.kind === 't10k-images';
    try {
      if (isImages) targets[entry.kind].set(parseIdxImages(bytes, entry.count), entry.start * IMAGE_BYTES);
      else targets[entry.kind].set(parseIdxLabels(bytes, entry.count), entry.start);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      throw new DataError(`The file ${entry.name} is damaged. ${error.message}`);
    }
  }

  #has(kind: FileKind): boolean {
    const files = this.#files(kind);
    return files.length > 0 && files.every((file) => this.#arrived.has(file.name));
  }

  #countOf(kind: FileKind): number {
    let count = 0;
    for (const file of this.#files(kind)) {
      if (!this.#arrived.has(file.name)) break;
      count += file.count;
    }
    return count;
  }

  #files(kind: FileKind): FileEntry[] {
    return this.#manifest?.files.filter((file) => file.kind === kind) ?? [];
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

interface Waiting {
  readonly isReady: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Labels, the first shards of both sets, the other training shards, the rest of the test set. */
function inOrderOfNeed({ files }: Manifest): FileEntry[] {
  const need = ({ kind, start }: FileEntry) => {
    if (kind.endsWith('labels')) return 0;
    if (start === 0) return 1;
    return kind === 'train-images' ? 2 : 3;
  };
  return [...files].sort((a, b) => need(a) - need(b) || a.start - b.start);
}

function split<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
