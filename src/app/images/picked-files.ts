/** Files that were chosen or dropped, with the folders that they lie in. */

import type { PickedFile } from '../state/slices/view.ts';

/** What an input of files or of a folder has. */
export function pickedIn(files: FileList | null): readonly PickedFile[] {
  return Array.from(files ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Names of files that hold images, many of them or one. */
const OF_IMAGES = /(\.(zip|gz|png|jpe?g|webp|bmp|pgm|ppm|pnm)|idx\d(-ubyte)?|ubyte)$/i;

/** Is what is dropped images, and not a session? To be asked while the event is handed out. */
export function holdsImages({ items, files }: DataTransfer): boolean {
  const hasFolder = Array.from(items).some((item) => item.webkitGetAsEntry()?.isDirectory);
  return hasFolder || (files.length > 0 && Array.from(files).every(({ name }) => OF_IMAGES.test(name)));
}

/** Everything that is dropped, folders gone through; to be called while the event is handed out. */
export async function droppedIn({ items, files }: DataTransfer): Promise<readonly PickedFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  // Where a browser tells no entries, there are no folders among them.
  if (entries.length === 0) return pickedIn(files);
  return (await Promise.all(entries.map((entry) => filesOf(entry, '')))).flat();
}

/** More than fit: who drops a whole disk is told, and not kept waiting. */
const MOST = 100_000;

async function filesOf(entry: FileSystemEntry, above: string): Promise<PickedFile[]> {
  const path = `${above}${entry.name}`;
  if (entry.isFile) return fileOf(entry as FileSystemFileEntry, path);
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: PickedFile[] = [];
  for (;;) {
    // A directory is told in parts, until there is an empty one.
    const part = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (part.length === 0 || found.length > MOST) return found;
    for (const inside of part) found.push(...(await filesOf(inside, `${path}/`)));
  }
}

/** None where it can't be opened. */
function fileOf(entry: FileSystemFileEntry, path: string): Promise<PickedFile[]> {
  return new Promise((resolve) => {
    entry.file(
      (file) => resolve([{ path, file }]),
      () => resolve([]),
    );
  });
}
