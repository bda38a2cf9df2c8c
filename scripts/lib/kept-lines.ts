/** A file of finished runs, a line of JSON each, that a command goes on with where it was stopped. */

import { appendFile, readFile, truncate } from 'node:fs/promises';
import { UsageError } from './commands.mjs';
import { OutputError, reasonOf } from './output.mjs';

export interface KeptLines {
  /** The newest line of the run that these arguments make; undefined where there is none. */
  lineOf(command: readonly string[]): string | undefined;
  /** From then on it is the newest line of its command. @throws OutputError */
  add(line: string): Promise<void>;
}

/**
 * Opens the file, or begins it. A last line that was cut off in the middle, as by a full disk, is taken out.
 *
 * @throws UsageError with a sentence where it can't be read or written, or holds anything else
 */
export async function openKept(file: string): Promise<KeptLines> {
  const refused = (error: unknown) => `${file} can’t be written: ${reasonOf(error)}.`;
  let text = '';
  try {
    await appendFile(file, '');
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(refused(error));
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').filter((line) => line !== '');
  const known = new Map(lines.map((line, i) => [keyOf(line, file, i), line]));
  const rest = text.slice(whole.length);
  if (rest !== '') {
    if (!rest.startsWith('{"preset"')) throw foreign(lines.length, file);
    await truncate(file, Buffer.byteLength(whole));
  }
  return {
    lineOf: (command) => known.get(JSON.stringify(command)),
    async add(line) {
      try {
        await appendFile(file, `${line}\n`);
      } catch (error) {
        throw new OutputError(refused(error));
      }
      known.set(keyOf(line, file, known.size), line);
    },
  };
}

function keyOf(line: string, file: string, index: number): string {
  try {
    const { command } = JSON.parse(line);
    if (Array.isArray(command)) return JSON.stringify(command);
  } catch {
    // Said below.
  }
  throw foreign(index, file);
}

function foreign(index: number, file: string): UsageError {
  return new UsageError(`Line ${index + 1} of ${file} is no result of npm run experiment.`);
}
