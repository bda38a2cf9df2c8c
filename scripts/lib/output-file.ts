/** A file that a command writes at its end: that it can be written is known before minutes of work. */

import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './commands.mjs';
import { BROKEN_PIPE, OutputError, reasonOf } from './output.mjs';
import { endAtSignals, removedAtExit } from './processes.mjs';
import { move } from './staging.mjs';

export interface OutputFile {
  /** All of it or nothing: until then a file of this name stays as it was. @throws OutputError */
  write(content: string | Uint8Array): Promise<void>;
}

/**
 * @param aside where it is put together: beside its place, or in this folder where that one is served
 * @throws UsageError with a sentence where the file can't be written
 */
export async function openOutput(name: string, aside?: string): Promise<OutputFile> {
  const refusal = (error: unknown) => `${name} can’t be written: ${reasonOf(error)}.`;
  try {
    const target = await realpath(name).catch(() => path.resolve(name));
    const found = await stat(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    // A device or a pipe has no place beside it.
    const isDevice = found !== undefined && !found.isFile();
    // Opened as it is, which leaves its content alone, since a file that may not be written can still be replaced.
    if (found?.isFile()) await (await open(target, 'r+')).close();
    const file = isDevice
      ? target
      : path.join(aside ?? path.dirname(target), `.${process.pid}.${path.basename(target)}.tmp`);
    const handle = await open(file, isDevice ? 'w' : 'wx');
    const remove = isDevice ? () => {} : removedAtExit(file);
    if (!isDevice) endAtSignals();
    return {
      async write(content) {
        try {
          await writeAll(handle, content);
          if (!isDevice) await move(file, target);
          remove();
        } catch (error) {
          // A reader that went away, as at `>(head -1)`: it is no fault.
          if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(BROKEN_PIPE);
          throw new OutputError(refusal(error));
        }
      },
    };
  } catch (error) {
    throw new UsageError(refusal(error));
  }
}

async function writeAll(handle: FileHandle, content: string | Uint8Array): Promise<void> {
  await handle.writeFile(content);
  await handle.close();
}
