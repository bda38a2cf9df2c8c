/** The runs' measures at the step shown, the best of each column marked; to copy for elsewhere. */

import { useState } from 'react';
import { headingOf, type Measure, valueText } from '../../measures/measure.ts';
import {
  bestOf,
  COLUMNS,
  directionOf,
  explanationOf,
  TABLE_FORMATS,
  type TableFormat,
  tableText,
  UNSEEN_COLUMNS,
} from '../../measures/table.ts';
import { Hint } from '../parts/Hint.tsx';
import { useRoving } from '../parts/roving.ts';
import { TableFrame } from '../parts/TableFrame.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import { stepShown } from '../state/selectors.ts';
import { ageOf, currentRows, type Rows, useRows } from './rows.ts';
import './MeasuresTable.css';

/** "Copied" stays so long. */
const SAID_MS = 2000;

export function MeasuresTable() {
  const step = usePageState((state) => Math.round(stepShown(state)));
  const shown = useRows();
  const { rows } = shown;
  const columns = columnsOf(rows);
  const roving = useRoving<HTMLTableSectionElement>();
  return (
    <section className="measures surface" aria-label="Measures">
      <div className="measures-head">
        <h2>{`Measures at step ${step}`}</h2>
        <CopyButtons shown={shown} step={step} />
      </div>
      <TableFrame name="Table of runs">
        <table>
          <thead {...roving}>
            <tr>
              <th scope="col">Run</th>
              {columns.map((measure) => (
                <ColumnHead key={measure.name} measure={measure} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ title, values }, row) => (
              <tr key={title}>
                <th scope="row">
                  <span className={`run-key run-${row}`} aria-hidden="true" />
                  <span>{title}</span>
                </th>
                {columns.map((column) => {
                  const isBest = bestOf(rows, column).has(row);
                  return (
                    <td key={column.name} className={`${ageOf(column, shown)} ${isBest ? 'best' : ''}`}>
                      <span translate="no">{valueText(column, values[column.name])}</span>
                      {isBest && <span className="visually-hidden"> (best)</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  );
}

/** Those of classes never seen only where there are some. */
function columnsOf(rows: Rows['rows']): readonly Measure[] {
  const unseen = UNSEEN_COLUMNS.filter(({ name }) => rows.some(({ values }) => values[name] !== undefined));
  return [...COLUMNS, ...unseen];
}

function ColumnHead({ measure }: { readonly measure: Measure }) {
  const better = directionOf(measure);
  return (
    <Hint text={explanationOf(measure)}>
      <th scope="col">
        <span>{headingOf(measure)}</span>
        {better !== undefined && (
          <>
            <span aria-hidden="true">{better === 'higher' ? ' ↑' : ' ↓'}</span>
            <span className="visually-hidden">{`, ${better} is better`}</span>
          </>
        )}
      </th>
    </Hint>
  );
}

function CopyButtons({ shown, step }: { readonly shown: Rows; readonly step: number }) {
  const commands = useCommands();
  const [said, setSaid] = useState<TableFormat | undefined>(undefined);
  const copy = async (format: TableFormat) => {
    try {
      await navigator.clipboard.writeText(tableText(format, currentRows(shown, COLUMNS), step));
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
