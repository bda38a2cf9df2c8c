/** One number of the instrument: its name, its value (alone, for tests and copying), its unit. */

import { Hint } from './Hint.tsx';
import './Reading.css';

export interface ReadingProps {
  readonly name: string;
  readonly testId: string;
  /** The number or name, ready to show; '–' where there is none yet. */
  readonly value: string;
  readonly unit?: string;
  readonly help: string;
}

export function Reading({ name, testId, value, unit, help }: ReadingProps) {
  return (
    <Hint text={help}>
      <span className="reading">
        <span className="reading-name">{name}</span>
        <span className="reading-value" translate="no">
          <span data-testid={testId}>{value}</span>
          {unit !== undefined && <span className="reading-unit">{` ${unit}`}</span>}
        </span>
      </span>
    </Hint>
  );
}

/** A number to show with fixed digits; '–' where it is not finite. */
export function numberText(value: number | undefined, digits: number): string {
  return value !== undefined && Number.isFinite(value) ? value.toFixed(digits) : '–';
}
