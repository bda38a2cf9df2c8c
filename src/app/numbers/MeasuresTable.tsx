/** The runs' measures at the step shown, the best of each column marked; to copy for elsewhere. */

import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { headingOf, type Measure } from '../../measures/measure.ts';
import {
  bestOf,
  COLUMNS,
  cellText,
  TABLE_FORMATS,
  type TableFormat,
  type TableRow,
  tableText,
} from '../../measures/table.ts';
import { Hint } from '../parts/Hint.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import { stepShown } from '../state/selectors.ts';
import './numbers.css';
import './MeasuresTable.css';

/** "Copied" stays so long. */
const SAID_MS = 2000;

export function MeasuresTable() {
  const commands = useCommands();
  const step = usePageState((state) => Math.round(stepShown(state)));
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  const runs = titles.split('\n');
  const measures = usePageState(useShallow(() => runs.map((_, run) => commands.moment(run)?.measures)));
  const rows = runs.map((title, run): TableRow => ({ title, values: measures[run] ?? {} }));
  return (
    <section className="measures surface" aria-label="Measures">
      <div className="measures-head">
        <h2>Measures at step {step}</h2>
        <CopyButtons rows={rows} step={step} />
      </div>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">Run</th>
              {COLUMNS.map((measure) => (
                <ColumnHead key={measure.name} measure={measure} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, values }, row) => (
              <tr key={title}>
                <th scope="row">
                  <span className={`run-key run-${row}`} aria-hidden="true" />
                  {title}
                </th>
                {COLUMNS.map((column) => {
                  const isBest = bestOf(rows, column).has(row);
                  return (
                    <td key={column.name} className={isBest ? 'best' : undefined}>
                      {cellText(values[column.name], column.digits)}
                      {isBest && <span className="visually-hidden"> (best)</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ColumnHead({ measure }: { readonly measure: Measure }) {
  const { sentence, better } = measure;
  return (
    <Hint text={sentence}>
      <th scope="col">
        {headingOf(measure)}
        {better !== undefined && (
          <>
            {' '}
            <span aria-hidden="true">{better === 'higher' ? '↑' : '↓'}</span>
            <span className="visually-hidden">, {better} is better</span>
          </>
        )}
      </th>
    </Hint>
  );
}

function CopyButtons({ rows, step }: { readonly rows: readonly TableRow[]; readonly step: number }) {
  const commands = useCommands();
  const [said, setSaid] = useState<TableFormat | undefined>(undefined);
  const copy = async (format: TableFormat) => {
    try {
      await navigator.clipboard.writeText(tableText(format, rows, step));
      setSaid(format);
      setTimeout(() => setSaid(undefined), SAID_MS);
    } catch {
      commands.tell('The browser did not allow copying.');
    }
  };
  return (
    <div className="copy">
      {TABLE_FORMATS.map((format) => (
        <button key={format} type="button" aria-label={`Copy as ${format}`} onClick={() => copy(format)}>
          {said === format ? 'Copied' : format}
        </button>
      ))}
    </div>
  );
}
