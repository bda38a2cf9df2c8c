/** The numbers behind the page as files for other programs: features, weights, curves, ROC, measures, settings, citation. */

import { axisNames, table } from '../../data/csv.ts';
import { npy } from '../../data/npy.ts';
import { type NamedTensor, safetensors } from '../../data/safetensors.ts';
import { METRICS } from '../../measures/pairs.ts';
import { rocOf } from '../../measures/roc.ts';
import { dimIn, type Moment } from '../../timeline/timeline.ts';
import { dimOf, type Experiment, NETWORK_NAMES, parameterSpecsOf } from '../../training/link/protocol.ts';
import { fetchRecordedNetworks } from '../sessions/fetch-recording.ts';
import type { Commands } from '../state/commands.ts';
import {
  curveShown,
  dataSetShown,
  isLive,
  positionShown,
  recordingShown,
  samplesShown,
  scheduleShown,
  stepShown,
  stepsShown,
} from '../state/selectors.ts';
import type { Samples } from '../state/store.ts';
import { citation, NAME } from './caption.ts';
import { plainName } from './download.ts';

/** Files by their path in the archive. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** @throws Error with a sentence where there is nothing to save yet */
export async function dataFiles(commands: Commands, runs: readonly number[]): Promise<Files> {
  const state = commands.store.getState();
  const samples = samplesShown(state);
  if (samples === undefined || runs.length === 0) throw new Error('There is nothing to save yet.');
  const step = Math.round(stepShown(state));
  const weights = await weightsOf(commands, runs);
  const files: Record<string, Uint8Array> = {};
  for (const [place, run] of runs.entries()) {
    const title = state.experiment.runs[run]?.title ?? '';
    const folder = plainName([String(place + 1), title]);
    const moment = commands.moment(run);
    if (moment === undefined) continue;
    Object.assign(files, prefixed(folder, momentFiles(moment, samples, step)));
    Object.assign(files, prefixed(folder, numberFiles(commands, run, moment)));
    const own = weights?.[place];
    if (own !== undefined) files[`${folder}/weights.safetensors`] = own;
  }
  const { href } = commands.link();
  return {
    'README.txt': text(readme(commands, step, weights !== undefined)),
    'settings.json': json(settingsOf(commands, step)),
    'citation.bib': text(citation(href.replace(/#.*/, ''))),
    ...files,
  };
}

const text = (content: string) => new TextEncoder().encode(content);
const json = (content: unknown) => text(`${JSON.stringify(content, undefined, 2)}\n`);

function prefixed(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes]));
}

/** Features, labels and predictions, as a table and as arrays. */
function momentFiles(moment: Moment, samples: Samples, step: number): Files {
  const { features, predictions, centres, means } = moment;
  const { labels, indices } = samples;
  const dim = dimIn(moment);
  const lines = Array.from(labels, (label, row): number[] => [
    ...[indices[row] as number, label, predictions[row] as number, step],
    ...features.subarray(row * dim, (row + 1) * dim),
  ]);
  const rows = [labels.length, dim];
  const classes = [means.length / dim, dim];
  return {
    'features.csv': text(table(['index', 'label', 'prediction', 'step', ...axisNames(dim)], lines)),
    'features.npy': npy(features, rows),
    'labels.npy': npy(labels, [labels.length]),
    'predictions.npy': npy(predictions, [labels.length]),
    'centres.npy': npy(centres, classes),
    'means.npy': npy(means, classes),
  };
}

/** Curves, ROC by both distances, all measures that are known. */
function numberFiles(commands: Commands, run: number, moment: Moment): Files {
  const state = commands.store.getState();
  const curve = curveShown(state, run);
  const names = [...new Set(curve.flatMap(({ values }) => Object.keys(values)))].sort();
  const evaluation = state.evaluations[run];
  const files: Record<string, Uint8Array> = {
    'curves.csv': text(
      table(
        ['step', ...names],
        curve.map(({ step, values }) => [step, ...names.map((name) => values[name] ?? '')]),
      ),
    ),
    'measures.json': json({ ...evaluation?.measures, ...moment.measures }),
  };
  for (const metric of METRICS) {
    for (const part of ['seen', 'unseen'] as const) {
      const scores = evaluation?.[part]?.scores[metric];
      if (scores === undefined) continue;
      const { far, tar, thresholds } = rocOf(scores);
      const lines = Array.from(far, (value, k) => [thresholds[k] as number, value, tar[k] as number]);
      const name = part === 'seen' ? `roc-${metric}` : `roc-unseen-${metric}`;
      files[`${name}.csv`] = text(table(['threshold', 'FAR', 'TAR'], lines));
    }
  }
  return files;
}

/** A file for each run; undefined where the weights of what is shown are not known: in the midst of the past. */
async function weightsOf(
  commands: Commands,
  runs: readonly number[],
): Promise<readonly (Uint8Array | undefined)[] | undefined> {
  const state = commands.store.getState();
  const recording = recordingShown(state);
  if (recording !== undefined) {
    if (stepShown(state) < stepsShown(state)[1]) return undefined;
    const networks = await fetchRecordedNetworks(recording).catch(() => []);
    const network = NETWORK_NAMES.find((name) => name === recording.origin.network) ?? 'compact';
    const made = { network, data: recording.data };
    return runs.map((run) => weightsFile(networks[positionShown(state, run)], made, stepShown(state)));
  }
  if (!isLive(state)) return undefined;
  const { checkpoint } = await commands.session();
  return runs.map((run) =>
    weightsFile(checkpoint.runs[run]?.parameters, checkpoint.experiment, checkpoint.step),
  );
}

/** @param parameters θ, perhaps with centres that are trained behind it */
function weightsFile(
  parameters: Float32Array | undefined,
  made: Pick<Experiment, 'network' | 'data' | 'own' | 'dim'>,
  step: number,
): Uint8Array | undefined {
  if (parameters === undefined) return undefined;
  let offset = 0;
  const tensors: NamedTensor[] = parameterSpecsOf(made).map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const values = parameters.slice(offset, offset + size);
    offset += size;
    return { name, shape, values };
  });
  if (offset < parameters.length) {
    const values = parameters.slice(offset);
    tensors.push({ name: 'trained-centres', shape: [values.length / dimOf(made), dimOf(made)], values });
  }
  return safetensors(tensors, { network: made.network, data: made.data, step: String(step), made_by: NAME });
}

/** What makes this again. */
function settingsOf(commands: Commands, step: number) {
  const state = commands.store.getState();
  const recording = recordingShown(state);
  return {
    made_by: NAME,
    step,
    link: commands.link().href,
    ...(recording === undefined
      ? {
          experiment: state.experiment,
          backend: state.backend?.name,
          learningRates: state.lab?.learningRates,
        }
      : { recorded: recording.origin }),
    schedules: state.experiment.runs.map((_, run) => scheduleShown(state, run)),
  };
}

function readme(commands: Commands, step: number, hasWeights: boolean): string {
  const { word, title } = dataSetShown(commands.store.getState());
  return [
    `${NAME}: ${title}, step ${step}.`,
    '',
    `A folder a run. features.csv and .npy: the features, a line a test sample; index counts in the test set of ${title}.`,
    `centres.npy: learned centres, a row a ${word.one}; means.npy: class means of these features; NaN where there is none.`,
    'curves.csv: loss terms and measures over steps, empty where there was none. roc-*.csv: corners of the ROC of seeded pairs.',
    'measures.json: all measures by name. settings.json: objectives over time, seed, network, and a link that opens it.',
    hasWeights
      ? 'weights.safetensors: the network; convolutions [height, width, in, out], dense layers [in, out].'
      : 'There are no weights here: they are known at the newest step only.',
    '',
  ].join('\n');
}
