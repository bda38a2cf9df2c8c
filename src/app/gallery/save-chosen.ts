/** Chosen samples as a file. */

import { axisNames, table } from '../../data/csv.ts';
import { fileName, save } from '../export/download.ts';
import type { Commands } from '../state/commands.ts';
import { dataSetShown, dimShown, samplesShown, stepShown } from '../state/selectors.ts';

/** `index,label`, then of each run its prediction and features, a line a sample. Labels and predictions are names of classes. */
export function chosenCsv(commands: Commands, rows: readonly number[]): string {
  const state = commands.store.getState();
  const samples = samplesShown(state);
  const { classNames } = dataSetShown(state);
  const runs = state.experiment.runs.map(({ title }, run) => ({ title, moment: commands.moment(run) }));
  const dim = dimShown(state);
  const names = axisNames(dim);
  const header = [
    ...['index', 'label'],
    ...runs.flatMap(({ title }) => [`${title} prediction`, ...names.map((name) => `${title} ${name}`)]),
  ];
  const lines = rows.map((row) => [
    samples?.indices[row] ?? '',
    classNames[samples?.labels[row] ?? -1] ?? '',
    ...runs.flatMap(({ moment }) => [
      classNames[moment?.predictions[row] ?? -1] ?? '',
      ...names.map((_, k) => moment?.features[dim * row + k] ?? ''),
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
