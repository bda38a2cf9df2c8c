/** Chosen samples as a file. */

import { table } from '../../data/csv.ts';
import { fileName, save } from '../export/download.ts';
import type { Commands } from '../state/commands.ts';
import { dataSetShown, samplesShown, stepShown } from '../state/selectors.ts';

/** `index,label`, then of each run its prediction and features, a line a sample. Labels and predictions are names of classes. */
export function chosenCsv(commands: Commands, rows: readonly number[]): string {
  const state = commands.store.getState();
  const samples = samplesShown(state);
  const { classNames } = dataSetShown(state);
  const runs = state.experiment.runs.map(({ title }, run) => ({ title, moment: commands.moment(run) }));
  const header = [
    ...['index', 'label'],
    ...runs.flatMap(({ title }) => [`${title} prediction`, `${title} x`, `${title} y`]),
  ];
  const lines = rows.map((row) => [
    samples?.indices[row] ?? '',
    classNames[samples?.labels[row] ?? -1] ?? '',
    ...runs.flatMap(({ moment }) => [
      classNames[moment?.predictions[row] ?? -1] ?? '',
      moment?.features[2 * row] ?? '',
      moment?.features[2 * row + 1] ?? '',
    ]),
  ]);
  return table(header, lines);
}

/** Downloads them. */
export function saveChosen(commands: Commands, rows: readonly number[]): void {
  const step = Math.round(stepShown(commands.store.getState()));
  const blob = new Blob([chosenCsv(commands, rows)], { type: 'text/csv' });
  save(fileName(['chosen', 'step', String(step)], 'csv'), blob);
}
