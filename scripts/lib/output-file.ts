/** A file that a command writes at its end: that it can be written is known before minutes of work. */

import { rmSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './commands.mjs';
import { OutputError, reasonOf } from './output.mjs';

export interface OutputFile {
  /** All of it or nothing: until then a file of this name stays as it was. @throws OutputError */
  write(text: string): Promise<void>;
}

/** @throws UsageError with a sentence where the file can't be written */
export async function openOutput(name: string): Promise<OutputFile> {
  const refusal = (error: unknown) => `${name} can’t be written: ${reasonOf(error)}.`;
  try {
    const target = await realpath(name).catch(() => path.resolve(name));
    const found = await stat(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    // A device or a pipe has no place beside it.
    const isPlace = found !== undefined && !found.isFile();
    // Opened as it is, which leaves its content alone, since a file that may not be written can still be replaced.
    if (found?.isFile()) await (await open(target, 'r+')).close();
    const file = isPlace ? target : path.join(path.dirname(target), `.${process.pid}.tmp`);
    const handle = await open(file, isPlace ? 'w' : 'wx');
    if (!isPlace) removeAtEnd(file);
    return {
      async write(text) {
        try {
          await writeAll(handle, text);
          if (!isPlace) await rename(file, target);
        } catch (error) {
          throw new OutputError(refusal(error));
        }
      },
    };
  } catch (error) {
    throw new UsageError(refusal(error));
  }
}

async function writeAll(handle: FileHandle, text: string): Promise<void> {
  await handle.writeFile(text);
  await handle.close();
}

/** However the command ends, but for `kill -9`. */
function removeAtEnd(file: string): void {
  process.on('exit', () => rmSync(file, { force: true }));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}
