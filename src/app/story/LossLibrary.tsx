/** Every loss of the registry: its sentence, its equation with each symbol explained, its picture, its source. */

import { useState } from 'react';
import { termTex } from '../../losses/equation.ts';
import { defaultKnobs } from '../../losses/objective.ts';
import { PRESETS } from '../../losses/presets.ts';
import type { Knobs, TermRecord } from '../../losses/term.ts';
import { TERM_RECORDS } from '../../losses/terms.ts';
import { Equation } from '../parts/Equation.tsx';
import { Hint } from '../parts/Hint.tsx';
import { LossPicture } from '../parts/LossPicture.tsx';
import { symbolsOf } from './symbols.ts';
import './LossLibrary.css';

/** Opened on demand: equations are many. */
export function LossLibrary() {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="library" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{`All ${TERM_RECORDS.length} losses, symbol by symbol`}</summary>
      {isOpen && (
        <ul className="library-list">
          {TERM_RECORDS.map((record) => (
            <li key={record.id}>
              <LossEntry record={record} knobs={defaultKnobs(record)} hasPicture />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

interface LossEntryProps {
  readonly record: TermRecord;
  readonly knobs: Knobs;
  readonly hasPicture?: boolean;
}

/** One loss, as its knobs are set. */
export function LossEntry({ record, knobs, hasPicture = false }: LossEntryProps) {
  const preset = PRESETS.find(
    ({ objective }) => objective[record.slot].id === record.id && objective[record.slot].weight > 0,
  );
  return (
    <>
      <h3>
        {hasPicture && preset !== undefined && <LossPicture preset={preset} />}
        <span>{record.title}</span>
      </h3>
      <p>{record.sentence}</p>
      <Equation tex={termTex(record, knobs)} isBlock />
      <Symbols record={record} knobs={knobs} />
      <p className="source">
        <a href={record.source.url}>{record.source.text}</a>
      </p>
    </>
  );
}

/** The symbols of an equation, each with its meaning on hover, focus or tap. */
export function Symbols({ record, knobs }: { readonly record: TermRecord; readonly knobs: Knobs }) {
  return (
    <p className="symbols">
      {symbolsOf(record, knobs).map(({ tex, text }) => (
        <Hint key={tex} text={text}>
          <span className="symbol">
            <Equation tex={tex} />
          </span>
        </Hint>
      ))}
    </p>
  );
}
