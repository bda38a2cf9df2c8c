/**
 * Images of one's own: those that this page or worker was given, and those that this browser keeps (the origin's private
 * file system, two files a set). Nothing of them leaves the browser.
 */

import { DataError } from './errors.ts';
import { idxImages, idxLabels } from './idx.ts';
import type { DataSource } from './image-set.ts';
import type { Manifest } from './manifest.ts';
import {
  DIGEST_DIGITS,
  OWN_SIDE,
  type OwnSetHeader,
  type OwnSetId,
  ownRecord,
  ownSetId,
  splitOf,
} from './own-set.ts';
import { CONTENTS, PARTS } from './set.ts';

/** All images of a set, in the order of its classes: [count × side²] bytes, and labels [count]. */
export interface OwnImages {
  readonly id: OwnSetId;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** In the memory of this page or worker, by their id. */
const held = new Map<string, OwnImages>();

export function holdImages(own: OwnImages): void {
  held.set(own.id, own);
}

/** Undefined where they have not been opened in this page. */
export function heldImages(id: string): OwnImages | undefined {
  return held.get(id);
}

/** The first digits of the SHA-256 of the images, then the labels. */
export async function digestOf({ images, labels }: Pick<OwnImages, 'images' | 'labels'>): Promise<string> {
  const all = new Uint8Array(images.length + labels.length);
  all.set(images);
  all.set(labels, images.length);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, DIGEST_DIGITS);
}

const FOLDER = 'margin-loss-lab-images';

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

const fileOf = (digest: string, content: string) => `${digest}.${content}`;

/** Keeps them in this browser; only a worker can. @throws DOMException or TypeError where the browser does not let it */
export async function keepImages({ digest }: OwnSetHeader, own: OwnImages): Promise<void> {
  const files = await folder();
  for (const content of CONTENTS) {
    const file = await files.getFileHandle(fileOf(digest, content), { create: true });
    const access = await file.createSyncAccessHandle();
    try {
      access.truncate(0);
      access.write(own[content] as Uint8Array<ArrayBuffer>);
      access.flush();
    } finally {
      access.close();
    }
  }
}

/** @throws DOMException where the browser does not let it */
export async function forgetImages({ digest }: Pick<OwnSetHeader, 'digest'>): Promise<void> {
  const files = await folder();
  for (const content of CONTENTS) await files.removeEntry(fileOf(digest, content)).catch(() => {});
}

/** Kept ones, whole and unchanged; undefined where they are not. */
export async function keptImages(header: OwnSetHeader): Promise<OwnImages | undefined> {
  const { digest, sizes } = header;
  try {
    const files = await folder();
    const [images, labels] = await Promise.all(
      CONTENTS.map(async (content) => {
        const file = await files.getFileHandle(fileOf(digest, content));
        return new Uint8Array(await (await file.getFile()).arrayBuffer());
      }),
    );
    if (images === undefined || labels === undefined || !isOf(header, labels, images)) return undefined;
    if ((await digestOf({ images, labels })) !== digest) return undefined;
    return { id: ownSetId(header), images, labels };
  } catch {
    return undefined;
  }

  function isOf({ classNames }: OwnSetHeader, labels: Uint8Array, images: Uint8Array): boolean {
    const counts = classNames.map((_, label) => labels.filter((own) => own === label).length);
    return images.length === labels.length * OWN_SIDE ** 2 && counts.join() === sizes.join();
  }
}

/** The split of such a set as the files of a published one, so that it arrives as those do. */
export function ownSource(
  header: OwnSetHeader,
  choice: { readonly seed: number; readonly heldOut: readonly number[] },
): DataSource {
  const parts = async () => {
    const own = heldImages(ownSetId(header)) ?? (await keptImages(header));
    if (own === undefined)
      throw new DataError(
        `The images of “${header.name}” are not in this browser: choose Open images… and the same folder to train on them.`,
      );
    return splitOf({ ...own, set: ownRecord(header) }, choice);
  };
  let reading: ReturnType<typeof parts> | undefined;
  return {
    async manifest(): Promise<Manifest> {
      reading = parts();
      const read = await reading;
      const files = PARTS.flatMap((part) =>
        CONTENTS.map((content) => {
          const count = read[part].labels.length;
          const size = { bytes: read[part][content].length, compressedBytes: read[part][content].length };
          return { name: `${part}-${content}`, part, content, start: 0, count, ...size, sha256: '' };
        }),
      );
      return { files };
    },
    async file({ part, content }, onBytes) {
      const own = (await (reading ?? parts()))[part];
      onBytes(own[content].length);
      return content === 'images' ? idxImages(own.images, OWN_SIDE) : idxLabels(own.labels);
    },
  };
}
