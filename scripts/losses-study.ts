/**
 * `npm run reproduce -- --losses`: every preset with a few seeds, on all digits and with two held out. Finished runs are kept
 * in docs/losses.jsonl; of one seed come the pictures, docs/losses/ and, small, public/losses/. Writes docs/losses.md.
 */

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PRESETS, type Preset, pictureName } from '../src/losses/presets.ts';
import { commandOf, parseOptions } from './experiment-options.ts';
import { codeDigest } from './lib/code-digest.mjs';
import { sideBySide, type Task } from './lib/jobs.ts';
import { type KeptLines, openKept } from './lib/kept-lines.ts';
import { ROOT } from './lib/project.mjs';
import { type LossResult, lossesPage } from './losses-page.ts';
import { thumbnailOf } from './thumbnail.ts';

export const SEEDS = [1, 2, 3];
/** With it every loss finds an order of the classes; with seed 1 those on the circle fold some onto each other. */
export const DRAWN_SEED = 2;
export const EPOCHS = 2;
export const HELD_OUT = '8,9';

const KEPT = path.join(ROOT, 'docs/losses.jsonl');
const PAGE = path.join(ROOT, 'docs/losses.md');
const PICTURES = path.join(ROOT, 'docs/losses');
const THUMBNAILS = path.join(ROOT, 'public/losses');

interface LossTask extends Task {
  /** The command that its line holds. */
  readonly command: readonly string[];
  /** Where its features go for the small picture, and its pictures; undefined where it is not drawn. */
  readonly drawn:
    | { readonly features: string; readonly picture: string; readonly thumbnail: string }
    | undefined;
}

/** @param jobs processes at a time; undefined to write from what is there */
export async function reproduceLosses(jobs: number | undefined): Promise<void> {
  const kept = await openKept(KEPT);
  const code = await codeDigest();
  // Each process would bundle it once more.
  process.env.LAB_CODE = code;
  await mkdir(PICTURES, { recursive: true });
  await mkdir(THUMBNAILS, { recursive: true });
  const scratch = await mkdtemp(path.join(tmpdir(), 'losses-'));
  const tasks = SEEDS.flatMap((seed) =>
    PRESETS.flatMap((preset) => ['', HELD_OUT].map((heldOut) => taskOf(preset, seed, heldOut, scratch))),
  );
  const missing = tasks.filter(
    ({ command, drawn }) =>
      kept.lineOf(command) === undefined ||
      (drawn !== undefined && !(existsSync(drawn.picture) && existsSync(drawn.thumbnail))),
  );
  if (jobs !== undefined) refuseOther(code, tasks, kept);
  console.log(`${tasks.length - missing.length} of ${tasks.length} runs are finished.`);
  try {
    const failures =
      jobs === undefined
        ? []
        : await sideBySide('experiment', missing, jobs, async ({ name, command, drawn }, output) => {
            if (kept.lineOf(command) === undefined) await kept.add(output.trim());
            if (drawn !== undefined)
              await writeFile(drawn.thumbnail, thumbnailOf(await readFile(drawn.features, 'utf8')));
            console.log(name);
          });
    for (const { sentence } of failures) console.error(sentence);
  } finally {
    await rm(scratch, { recursive: true });
  }
  const lines = tasks.flatMap(({ command }) => kept.lineOf(command) ?? []);
  const results = lines.map((line): LossResult => JSON.parse(line));
  await writeFile(
    PAGE,
    lossesPage(results, { seeds: SEEDS, drawnSeed: DRAWN_SEED, epochs: EPOCHS, heldOut: HELD_OUT }),
  );
  console.log(`${PAGE}: ${results.length} of ${tasks.length} runs.`);
  if (results.length < tasks.length) process.exitCode = 1;
}

/** @throws Error where a run that is kept was made by other code: a page is of one */
function refuseOther(code: string, tasks: readonly LossTask[], kept: KeptLines): void {
  const lines = tasks.flatMap(({ command }) => kept.lineOf(command) ?? []);
  const other = lines.filter((line) => (JSON.parse(line) as LossResult).code !== code).length;
  if (other > 0)
    throw new Error(
      `docs/losses.jsonl has ${other} runs of other code than ${code}: take their lines out, and run this again.`,
    );
}

function taskOf(preset: Preset, seed: number, heldOut: string, scratch: string): LossTask {
  const flags = [
    ...['--preset', preset.name, '--seed', String(seed), '--epochs', String(EPOCHS), '--json'],
    ...(heldOut === '' ? [] : ['--hold-out', heldOut]),
  ];
  const [run] = parseOptions(flags).runs;
  if (run === undefined) throw new Error(`The preset ${preset.name} gives no run.`);
  const name = pictureName(preset);
  const drawn =
    seed === DRAWN_SEED && heldOut === ''
      ? {
          features: path.join(scratch, `${name}.csv`),
          picture: path.join(PICTURES, `${name}.svg`),
          thumbnail: path.join(THUMBNAILS, `${name}.svg`),
        }
      : undefined;
  return {
    name: `${preset.name}, seed ${seed}${heldOut === '' ? '' : `, without ${heldOut}`}`,
    args: [
      ...flags,
      ...(drawn === undefined ? [] : ['--features', drawn.features, '--picture', drawn.picture]),
    ],
    command: commandOf(run),
    drawn,
  };
}
