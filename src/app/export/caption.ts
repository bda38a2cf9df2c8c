/** What a figure shows, in sentences: objectives, schedule, step, seed, network, version. And how to cite the lab. */

import { letterOf } from '../../plots/panels-figure.ts';
import { batchSizeOf, learningRatesOf } from '../../training/link/protocol.ts';
import { whole } from '../parts/data-help.ts';
import { numberText } from '../parts/Reading.tsx';
import type { Commands } from '../state/commands.ts';
import { settingsText } from '../state/objective-text.ts';
import { switchesText } from '../state/run-title.ts';
import {
  dataSetShown,
  dimShown,
  heldOutShown,
  objectiveShown,
  recordingShown,
  samplesShown,
  scheduleShown,
  stepShown,
} from '../state/selectors.ts';
import { SCALES } from '../state/view-options.ts';

/** Of package.json, put in by the build. */
declare const __LAB_VERSION__: string;
const VERSION = __LAB_VERSION__;
export const NAME = `Margin Loss Lab ${VERSION}`;

/** Of the panels with these positions, lettered in that order. */
export function panelsCaption(commands: Commands, runs: readonly number[]): string {
  const state = commands.store.getState();
  const samples = samplesShown(state)?.labels.length ?? 0;
  const parts = runs.map((run, i) => `(${letterOf(i)}) ${runText(commands, run)}`).join('; ');
  const ratios = runs
    .map((run, i) => `(${letterOf(i)}) ${numberText(commands.moment(run)?.measures.D2OverD1, 2)}`)
    .join(', ');
  const scale = state.showsUnitCircle ? 'unit circle' : SCALES[state.scale].name.toLowerCase();
  return `Features of ${whole(samples)} test samples. ${parts}. ${momentText(commands)} Scale: ${scale}. D2/D1: ${ratios}. ${NAME}.`;
}

/** Of a chart of all runs. */
export function chartCaption(commands: Commands, what: string): string {
  return `${what} ${momentText(commands)} ${NAME}.`;
}

/** 'Margin: λ 0, 0, 1, α₊ 0.5, α₋ 8, softmax first for 468 steps'. */
function runText(commands: Commands, run: number): string {
  const state = commands.store.getState();
  const spec = state.experiment.runs[run];
  const objective = objectiveShown(state, run);
  const [first, second] = scheduleShown(state, run) ?? [];
  const warmUp = first?.isWarmUp && second ? [`softmax first for ${whole(second.step)} steps`] : [];
  const isRecorded = recordingShown(state) !== undefined;
  const switches = spec === undefined || isRecorded ? undefined : switchesText(spec);
  return [
    `${spec?.title ?? ''}: ${objective === undefined ? '' : settingsText(objective)}`,
    ...warmUp,
    ...(switches === undefined ? [] : [switches]),
  ].join(', ');
}

/** Step, network, optimiser, seed, data set and what was held out of it. */
function momentText(commands: Commands): string {
  const state = commands.store.getState();
  const { experiment } = state;
  const origin = recordingShown(state)?.origin;
  const { title, classNames, word } = dataSetShown(state);
  const rate = origin?.learningRate ?? learningRatesOf(experiment).at(-1)?.learningRate;
  const heldOut = heldOutShown(state);
  const wrong = origin === undefined ? (experiment.labelNoise ?? 0) : 0;
  const noise = wrong === 0 ? '' : `, ${Math.round(100 * wrong)} % of the training labels wrong`;
  const moved =
    origin !== undefined || experiment.augmentation === undefined
      ? ''
      : `, augmented by ${experiment.augmentation.replace('-', ' and ')}`;
  const dim = dimShown(state);
  const wide = dim <= 2 ? '' : `, ${dim} feature dimensions, drawn as a projection by principal axes`;
  const out =
    heldOut.length === 0
      ? ''
      : `, ${word.many} ${heldOut.map((label) => classNames[label]).join(', ')} held out`;
  return `Step ${whole(Math.round(stepShown(state)))} of ${origin === undefined ? 'a live run' : 'the recorded run'}; ${title}${out}, ${origin?.network ?? experiment.network} network, Adam ${rate}, batch ${origin?.batch ?? batchSizeOf(experiment)}${noise}${moved}${wide}, seed ${origin?.seed ?? experiment.seed}.`;
}

/** For a reference list. */
export function citation(address: string): string {
  const year = new Date().getFullYear();
  return [
    `@software{margin_loss_lab,\n  title = {Margin Loss Lab},\n  version = {${VERSION}},\n  year = {${year}},\n  url = {${address}}\n}`,
    '@article{gao2018margin,\n  title = {Margin Loss: Making Faces More Separable},\n  author = {Gao, Riqiang and Yang, Fuwei and Yang, Wenming and Liao, Qingmin},\n  journal = {IEEE Signal Processing Letters},\n  volume = {25},\n  number = {2},\n  pages = {308--312},\n  year = {2018},\n  doi = {10.1109/LSP.2017.2789251}\n}\n',
  ].join('\n\n');
}
