/** Every measure of every run, the best marked; each says what it is, with its formula. */

import { useState } from 'react';
import { type Measure, valueText } from '../../measures/measure.ts';
import { bestOf, directionOf, explanationOf, ROWS } from '../../measures/table.ts';
import { Equation } from '../parts/Equation.tsx';
import { TableFrame } from '../parts/TableFrame.tsx';
import { ageOf, type Rows, useRows } from './rows.ts';
import './AllMeasures.css';

export function AllMeasures() {
  // Rendered while it is looked at: its numbers change with every frame.
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="all-measures surface" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>All measures, with their formulas</summary>
      {isOpen && <Table />}
    </details>
  );
}

function Table() {
  const shown = useRows();
  const { rows } = shown;
  const isKnown = ({ name }: Measure) => rows.some(({ values }) => Number.isFinite(values[name]));
  return (
    <TableFrame name="Table of every measure">
      <table>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Formula</th>
            {rows.map(({ title }, run) => (
              <th key={title} scope="col">
                <span className={`run-key run-${run}`} aria-hidden="true" />
                <span>{title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.filter(isKnown).map((measure) => (
            <MeasureRow key={measure.name} measure={measure} shown={shown} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

interface MeasureRowProps {
  readonly measure: Measure;
  readonly shown: Rows;
}

function MeasureRow({ measure, shown }: MeasureRowProps) {
  const [isOpen, setOpen] = useState(false);
  const { name, title, tex } = measure;
  const { rows } = shown;
  const better = directionOf(measure);
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
            <span>{title}</span>
            {better !== undefined && <span aria-hidden="true">{better === 'higher' ? ' ↑' : ' ↓'}</span>}
          </button>
        </th>
        <td className="measure-formula">
          <Equation tex={tex} />
        </td>
        {rows.map(({ title: run, values }, index) => (
          <td key={run} className={`${ageOf(measure, shown)} ${best.has(index) ? 'best' : ''}`}>
            <span translate="no">{valueText(measure, values[name])}</span>
            {best.has(index) && <span className="visually-hidden"> (best)</span>}
          </td>
        ))}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={rows.length + 2} className="measure-text">
            {explanationOf(measure)}
          </td>
        </tr>
      )}
    </>
  );
}
