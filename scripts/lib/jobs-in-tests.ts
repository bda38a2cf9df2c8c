/** What tests of jobs start: says something, fails with a sentence, or is killed until a file is there. */

import { existsSync, writeFileSync } from 'node:fs';
import { printLine } from './output.mjs';

export default async function main([word, value = '']: readonly string[]): Promise<void> {
  if (word === 'fail') throw new Error(value);
  if (word === 'say') return printLine(value);
  if (existsSync(value)) return printLine('alive');
  try {
    writeFileSync(value, '');
  } catch {
    // It will be killed again.
  }
  process.kill(process.pid, 'SIGKILL');
}
