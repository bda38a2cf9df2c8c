/** What the tables of measures show: a row of numbers a run. */

import { useShallow } from 'zustand/react/shallow';
import type { Measure } from '../../measures/measure.ts';
import type { TableRow } from '../../measures/table.ts';
import { useCommands, usePageState } from '../state/context.ts';

export interface Rows {
  readonly rows: readonly TableRow[];
  /** False where what was evaluated last is no longer what is shown. */
  readonly isCurrent: boolean;
}

/**
 * The numbers of what is shown. What is only evaluated now and then may be of a moment ago. Between two frames the
 * numbers are the first one's, so that nothing is rendered with every painted frame.
 */
export function useRows(): Rows {
  const commands = useCommands();
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  const runs = titles.split('\n');
  const measures = usePageState(useShallow(() => runs.map((_, run) => commands.moment(run)?.measures)));
  const evaluations = usePageState((state) => state.evaluations);
  const evaluated = usePageState((state) => state.evaluated);
  return {
    rows: runs.map((title, run) => ({
      title,
      values: { ...evaluations[run]?.measures, ...measures[run] },
    })),
    isCurrent: measures.every((own, run) => own === evaluated[run]?.measures),
  };
}

/** The class of a measure's cells: those of a moment ago are pale. */
export function ageOf({ when }: Measure, { isCurrent }: Rows): string {
  return when === 'evaluation' && !isCurrent ? 'is-earlier' : '';
}

/** The rows without what is of a moment ago. */
export function currentRows({ rows, isCurrent }: Rows, measures: readonly Measure[]): readonly TableRow[] {
  if (isCurrent) return rows;
  const names = measures.filter(({ when }) => when === 'snapshot').map(({ name }) => name);
  return rows.map(({ title, values }) => ({
    title,
    values: Object.fromEntries(names.map((name) => [name, values[name]])),
  }));
}
