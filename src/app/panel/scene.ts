/** What a run's scatter plot draws, from the page's state. */

import { classColours, type Theme } from '../../plots/palette.ts';
import type { Scene } from '../../plots/scatter.ts';
import { wrongPairs } from '../numbers/wrong-pairs.ts';
import { confusedRows } from '../state/chosen.ts';
import type { Commands } from '../state/commands.ts';
import { dataSetShown, litClassShown, recordingShown, samplesShown } from '../state/selectors.ts';
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
    separation: moment.measures.D2 ?? Number.NaN,
    theme,
    litClass: litClassShown(state),
    highlight: state.highlight?.sample ?? -1,
    isInstant: state.at !== undefined,
    hollow: recordingShown(state) === undefined ? state.experiment.heldOut : NONE,
    chosen: confusedRows(state, commands.moment(state.selectedRun)?.predictions),
    links: wrongPairs(state, run),
  };
}

const NONE: readonly number[] = [];
