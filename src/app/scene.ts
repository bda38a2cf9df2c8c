/** What a run's scatter plot draws, from the page's state. */

import type { Theme } from '../plots/palette.ts';
import type { Scene } from '../plots/scatter.ts';
import type { LabControls } from './lab.ts';
import { litClassShown, objectiveShown, samplesShown } from './shown.ts';

/** Undefined where there is nothing of the run to draw. */
export function sceneOf(lab: LabControls, run: number, theme: Theme): Scene | undefined {
  const state = lab.store.getState();
  const moment = lab.moment(run);
  const samples = samplesShown(state);
  const objective = objectiveShown(state, run);
  if (moment === undefined || samples === undefined || objective === undefined) return undefined;
  if (moment.predictions.length !== samples.labels.length) return undefined;
  const own = state.experiment.runs[run]?.objective;
  const showsMargins = objective.lambda2 > 0 || (state.marginsInFocus && state.selectedRun === run);
  return {
    points: moment.features,
    labels: samples.labels,
    means: moment.means,
    centres: moment.centres,
    margins: showsMargins ? (state.marginsInFocus ? own : objective) : undefined,
    theme,
    litClass: litClassShown(state),
    highlight: state.highlight?.sample ?? -1,
    isInstant: state.at !== undefined,
  };
}
