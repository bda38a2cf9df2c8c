/**
 * `npm run reproduce -- --losses`: every preset with a few seeds, on all digits and with two held out. Finished runs are kept
 * in docs/losses.jsonl; of seed 1 come the pictures, docs/losses/ and, small, public/losses/. Writes docs/losses.md.
 */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PRESETS, type Preset, pictureName } from '../src/losses/presets.ts';
import { commandOf, parseOptions } from './experiment-options.ts';
import { sideBySide, type Task } from './lib/jobs.ts';
import { openKept } from './lib/kept-lines.ts';
import { ROOT } from './lib/project.mjs';
import { type LossResult, lossesPage } from './losses-page.ts';
import { thumbnailOf } from './thumbnail.ts';

export const SEEDS = [1, 2, 3];
export const EPOCHS = 2;
export const HELD_OUT = '8,9';

const KEPT = path.join(ROOT, 'docs/losses.jsonl');
const PAGE = path.join(ROOT, 'docs/losses.md');
const PICTURES = path.join(ROOT, 'docs/losses');
const THUMBNAILS = path.join(ROOT, 'public/losses');

interface LossTask extends Task {
  readonly preset: Preset;
  /** The command that its line holds. */
  readonly command: readonly string[];
  /** Where the features go of which the small picture is made; undefined where none is. */
  readonly features: string | undefined;
}

/** @param jobs processes at a time; undefined to write from what is there */
export async function reproduceLosses(jobs: number | undefined): Promise<void> {
  const kept = await openKept(KEPT);
  await mkdir(PICTURES, { recursive: true });
  await mkdir(THUMBNAILS, { recursive: true });
  const scratch = await mkdtemp(path.join(tmpdir(), 'losses-'));
  const tasks = SEEDS.flatMap((seed) =>
    PRESETS.flatMap((preset) => ['', HELD_OUT].map((heldOut) => taskOf(preset, seed, heldOut, scratch))),
  );
  const missing = tasks.filter(({ command }) => kept.lineOf(command) === undefined);
  console.log(`${tasks.length - missing.length} of ${tasks.length} runs are finished.`);
  try {
    const failures =
      jobs === undefined
        ? []
        : await sideBySide('experiment', missing, jobs, async ({ name, preset, features }, output) => {
            await kept.add(output.trim());
            if (features !== undefined) {
              const svg = thumbnailOf(await readFile(features, 'utf8'));
              await writeFile(path.join(THUMBNAILS, `${pictureName(preset)}.svg`), svg);
            }
            console.log(name);
          });
    for (const { sentence } of failures) console.error(sentence);
  } finally {
    await rm(scratch, { recursive: true });
  }
  const lines = tasks.flatMap(({ command }) => kept.lineOf(command) ?? []);
  const results = lines.map((line): LossResult => JSON.parse(line));
  await writeFile(PAGE, lossesPage(results, { seeds: SEEDS, epochs: EPOCHS, heldOut: HELD_OUT }));
  console.log(`${PAGE}: ${results.length} of ${tasks.length} runs.`);
  if (results.length < tasks.length) process.exitCode = 1;
}

function taskOf(preset: Preset, seed: number, heldOut: string, scratch: string): LossTask {
  const flags = [
    ...['--preset', preset.name, '--seed', String(seed), '--epochs', String(EPOCHS), '--json'],
    ...(heldOut === '' ? [] : ['--hold-out', heldOut]),
  ];
  const [run] = parseOptions(flags).runs;
  if (run === undefined) throw new Error(`The preset ${preset.name} gives no run.`);
  const isDrawn = seed === SEEDS[0] && heldOut === '';
  const features = isDrawn ? path.join(scratch, `${pictureName(preset)}.csv`) : undefined;
  const picture = path.join(PICTURES, `${pictureName(preset)}.svg`);
  return {
    name: `${preset.name}, seed ${seed}${heldOut === '' ? '' : `, without ${heldOut}`}`,
    args: [...flags, ...(features === undefined ? [] : ['--features', features, '--picture', picture])],
    command: commandOf(run),
    preset,
    features,
  };
}
