/** What a run's scatter plot draws, from the page's state. */

import { classColours, type Theme } from '../../plots/palette.ts';
import type { Scene } from '../../plots/scatter.ts';
import { wrongPairs } from '../numbers/wrong-pairs.ts';
import type { Commands } from '../state/commands.ts';
import { dataSetShown, litClassShown, recordingShown, samplesShown } from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';
import { circlesShown } from './circles.ts';

/** Undefined where there is nothing of the run to draw. */
export function sceneOf(commands: Commands, run: number, theme: Theme): Scene | undefined {
  const state = commands.store.getState();
  const moment = commands.moment(run);
  const samples = samplesShown(state);
  if (moment === undefined || samples === undefined) return undefined;
  if (moment.predictions.length !== samples.labels.length) return undefined;
  const classes = moment.means.length / 2;
  return {
    points: moment.features,
    labels: samples.labels,
    names: dataSetShown(state).classNames,
    colours: classColours(theme, classes),
    means: moment.means,
    centres: moment.centres,
    circles: circlesShown(state, run),
    theme,
    litClass: litClassShown(state),
    highlight: state.highlight?.sample ?? -1,
    isInstant: state.at !== undefined,
    hollow: recordingShown(state) === undefined ? state.experiment.heldOut : NONE,
    chosen: confusedRows(state, samples.labels, commands.moment(state.selectedRun)?.predictions),
    links: wrongPairs(state, run),
  };
}

const NONE: readonly number[] = [];

/** The last answer: equal questions get the identical array, so that nothing is drawn for nothing. */
let known: { readonly inputs: readonly unknown[]; readonly rows: Uint8Array } | undefined;

/** 1 for every sample in the chosen cell of the selected run's confusion matrix; undefined for no cell. */
function confusedRows(
  { confused }: PageState,
  labels: Uint8Array,
  predictions: Uint8Array | undefined,
): Uint8Array | undefined {
  if (confused === undefined || predictions === undefined) return undefined;
  const inputs = [confused, labels, predictions];
  if (known?.inputs.every((input, i) => input === inputs[i])) return known.rows;
  const rows = labels.map((label, i) =>
    label === confused.label && predictions[i] === confused.predicted ? 1 : 0,
  );
  known = { inputs, rows };
  return rows;
}
