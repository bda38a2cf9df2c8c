/**
 * `npm run tune`: how the lab's default weights and margins were chosen. Every candidate trains the
 * compact network on the first 50,000 training images and is measured on the last 10,000; the test set
 * is not touched. What is tried comes from the records of the terms. Writes docs/defaults.md, anew after each
 * candidate (tune-candidate.ts trains one). Those that stand there already are kept: delete the file to measure all anew.
 */

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CANDIDATES,
  type Candidate,
  FROM_START_CANDIDATES,
  FURTHER_CANDIDATES,
  LETTER_CANDIDATES,
  RATE_CANDIDATES,
  rowStart,
} from './candidates.ts';
import { flagsIn } from './lib/commands.mjs';
import { jobsOf, sideBySide, throwFailures } from './lib/jobs.ts';
import { ROOT } from './lib/project.mjs';
import { EPOCHS, LETTER_SEEDS, SEEDS, TRAINING, WARM_UP_STEPS } from './tune-candidate.ts';

const PAGE = path.join(ROOT, 'docs/defaults.md');

export default async function tune(args: readonly string[]): Promise<void> {
  const jobs = jobsOf(flagsIn('tune', args).jobs);
  const rows = await knownRows();
  // A page that can't be written is found before the first candidate is trained.
  await writeFile(PAGE, page(rows));
  const tasks = CANDIDATES.map(rowStart)
    .filter((start) => !rows.has(start))
    .map((start) => ({ name: start, args: [start] }));
  const failures = await sideBySide('tune-candidate', tasks, jobs, async ({ name }, output) => {
    const row = `${name} ${output.trim()} |`;
    console.log(row);
    rows.set(name, row);
    await writeFile(PAGE, page(rows));
  });
  throwFailures(failures);
}

/** The page's rows by how they start. */
async function knownRows(): Promise<Map<string, string>> {
  const lines = (await readFile(PAGE, 'utf8').catch(() => '')).split('\n');
  const starts = CANDIDATES.map(rowStart);
  return new Map(
    starts.flatMap((start): [string, string][] => {
      const row = lines.find((line) => line.startsWith(`${start} `));
      return row === undefined ? [] : [[start, row]];
    }),
  );
}

function page(known: ReadonlyMap<string, string>): string {
  const rowsOf = (candidates: readonly Candidate[]) =>
    candidates.flatMap((candidate) => known.get(rowStart(candidate)) ?? []).join('\n');
  const further = rowsOf(FURTHER_CANDIDATES);
  return `# How the default weights and margins were chosen

Written by \`npm run tune\`; do not edit. The compact network, seed ${LETTER_SEEDS.join(', ')}, ${EPOCHS} epochs of the first
${TRAINING.toLocaleString('en')} training images, Adam with learning rate 0.001, batch 128; where λ₀ = 0, softmax alone for the
first ${WARM_UP_STEPS} steps. Measured on the last 10,000 training images; the test set takes no part. Accuracy is
by logits where λ₀ > 0, else by the nearest learned centre. Backend: wasm. One seed: differences in the
third digit mean nothing. Rows are kept as they were measured: some are of older code, whose rounding differs as much.

| λ₀ | λ₁ | λ₂ | α₊ | α₋ | accuracy | D1 | D2 | D3 | D2/D1 |
|---|---|---|---|---|---|---|---|---|---|
${rowsOf(LETTER_CANDIDATES)}

The rule: of each loss, the candidates whose accuracy is within 0.005 of its best; of these, those whose
D2/D1 is within 2 % of the largest; of these, the most accurate. It gives λ₁ = 0.1 for softmax + center,
and λ₂ = 1, α₊ = 0.5, α₋ = 8 for margin: their records in src/losses. Beside softmax, with these margins, it gives
λ₂ = 0.015 without and with center: src/losses/presets.ts. Large weights beside softmax fail from a random start, where
classes overlap and each sample is pushed by nine centres at once. The letter states no margins and no weights
for MNIST; its weights for faces are shown on the page as reference.

## The learning rate

The six combinations with these weights at other rates, everything else alike. The page keeps one rate for all runs, 0.001, so that runs
side by side differ in their losses alone; results.md has the combinations at the rate that is best for each, too: by the rule above over the rows
of a combination.

| combination | rate | accuracy | D1 | D2 | D3 | D2/D1 |
|---|---|---|---|---|---|---|
${rowsOf(RATE_CANDIDATES)}

## Margin loss from the start

No softmax at all, not even at first; λ₂ = 1. By the rule above over all of these rows.

|  | α₊ | α₋ | rate | accuracy | D1 | D2 | D3 | D2/D1 |
|---|---|---|---|---|---|---|---|---|
${rowsOf(FROM_START_CANDIDATES)}
${further === '' ? '' : furtherTerms(further)}`;
}

function furtherTerms(rows: string): string {
  return `
## Further terms

Measured alike with the seeds ${SEEDS.join(' and ')}, each by itself (a centre term, and range, beside softmax), softmax alone for the
first ${WARM_UP_STEPS} steps where the term asks for it. Accuracy is by the term's own rule: the mean, and each seed in brackets. The
first line of a term is its default. What differs by less than the seeds do says
nothing; a line that is better by more would be the better default for this network.

| term | weight | knobs | accuracy | D1 | D2 | D3 | D2/D1 |
|---|---|---|---|---|---|---|---|
${rows}
`;
}
