/**
 * `npm run loss`: evaluates losses on numbers of one's own, by the lab's own code and in single precision. A file of
 * cases goes in, one JSON object a line comes out.
 */

import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import * as tf from '@tensorflow/tfjs-core';
import { evaluateCase } from '../src/losses/evaluate-case.ts';
import { type Losses, loadLosses } from '../src/losses/joint.ts';
import { UsageError } from './flags.ts';
import { flagsIn } from './lib/commands.mjs';
import { printLine, requireOutput } from './lib/output.mjs';
import { CasesError, casesIn, nameOf, parseCase } from './loss-cases.ts';
import { termsHelp } from './terms-help.ts';

const USAGE = 'Usage: npm run --silent loss -- --cases FILE (- reads standard input; --help says more)';

const help = () => `${USAGE}

FILE is JSON: {"cases":[{"id","loss","params","features","labels","classes","centres"?,"agents"?,"present"?}]}
  params     values by key; those left out have their defaults
  features   a row of numbers a sample, all of one length; labels: a class number from 0 a sample
  centres, agents   a row for each class, where the loss needs them
  present    1 for a class that takes part, else 0
One JSON object a line comes out: {"id","value","gradFeatures","gradAgents"?,"gradCentres"?}, or {"id","error"} for a
case that can't be evaluated; then the exit code is 1.

Losses and their params:
${termsHelp()}`;

export default async function main(args: readonly string[]): Promise<void> {
  const { cases: file, help: isHelp } = flagsIn('loss', args);
  if (isHelp) {
    console.log(help());
    return;
  }
  if (file === undefined) throw new UsageError(USAGE);
  requireOutput();
  const cases = casesIn(await contentOf(file), file === '-' ? 'Standard input' : file);
  // Without the advice of TensorFlow.js to install another backend.
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const losses = await loadLosses();
  let failed = 0;
  for (const [index, value] of cases.entries()) {
    const result = evaluated(value, losses);
    if ('error' in result) failed++;
    await printLine(JSON.stringify({ id: nameOf(value, index), ...result }));
  }
  if (failed > 0) throw new CasesError(`${failed} of ${cases.length} cases can't be evaluated.`);
}

async function contentOf(file: string): Promise<string> {
  try {
    return await (file === '-' ? text(process.stdin) : readFile(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CasesError(`There is no file ${file}.`);
    throw new CasesError(`${file} can't be read: ${code === 'EISDIR' ? 'it is a folder.' : lineOf(error)}`);
  }
}

function evaluated(value: unknown, losses: Losses) {
  try {
    return evaluateCase(parseCase(value), losses);
  } catch (error) {
    return { error: lineOf(error) };
  }
}

function lineOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
