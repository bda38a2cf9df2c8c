/** Every measure of every run, the best marked; each says what it is, with its formula. */

import { useState } from 'react';
import { type Measure, valueText } from '../../measures/measure.ts';
import { MEASURES } from '../../measures/measures.ts';
import { bestOf, type TableRow } from '../../measures/table.ts';
import { Equation } from '../parts/Equation.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import './numbers.css';
import './AllMeasures.css';

export function AllMeasures() {
  const commands = useCommands();
  const evaluations = usePageState((state) => state.evaluations);
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  const runs = titles.split('\n');
  const rows = runs.map((title, run) => ({
    title,
    values: { ...commands.moment(run)?.measures, ...evaluations[run]?.measures },
  }));
  const isKnown = ({ name }: Measure) => rows.some(({ values }) => Number.isFinite(values[name]));
  return (
    <details className="all-measures surface">
      <summary>All measures, with their formulas</summary>
      <div className="table-frame">
        <table>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              {runs.map((title, run) => (
                <th key={title} scope="col">
                  <span className={`run-key run-${run}`} aria-hidden="true" />
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {MEASURES.filter(isKnown).map((measure) => (
              <MeasureRow key={measure.name} measure={measure} rows={rows} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

interface MeasureRowProps {
  readonly measure: Measure;
  readonly rows: readonly TableRow[];
}

function MeasureRow({ measure, rows }: MeasureRowProps) {
  const [isOpen, setOpen] = useState(false);
  const { name, title, sentence, tex, better } = measure;
  const best = bestOf(rows, measure);
  return (
    <>
      <tr>
        <th scope="row">
          <button
            type="button"
            className="measure-name"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {title}
            {better !== undefined && <span aria-hidden="true"> {better === 'higher' ? '↑' : '↓'}</span>}
          </button>
        </th>
        {rows.map(({ title: run, values }, index) => (
          <td key={run} className={best.has(index) ? 'best' : undefined}>
            {valueText(measure, values[name])}
            {best.has(index) && <span className="visually-hidden"> (best)</span>}
          </td>
        ))}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={rows.length + 1} className="measure-text">
            {sentence} <Equation tex={tex} />
          </td>
        </tr>
      )}
    </>
  );
}
