/** A slider with typed entry beside it. Both hold the same number. */

import { Hint } from './Hint.tsx';
import { NumberEntry } from './NumberEntry.tsx';
import { afterArrow } from './number-steps.ts';
import './Slider.css';

export interface SliderProps {
  /** Accessible name of the slider. */
  readonly name: string;
  readonly value: number;
  readonly range: readonly [min: number, max: number];
  /** Of an arrow key, and of the track where equal steps add. */
  readonly step: number;
  readonly help: string;
  /** Equal ways on the track multiply instead of adding. */
  readonly isLogarithmic?: boolean;
  /** Only whole numbers. */
  readonly isWhole?: boolean;
  readonly onChange: (value: number) => void;
  readonly onFocusChange?: (hasFocus: boolean) => void;
}

export function Slider(props: SliderProps) {
  const { name, value, range, step, help, isLogarithmic = false, isWhole = false, onFocusChange } = props;
  const { onChange } = props;
  const [min, max] = range;
  const toTrack = isLogarithmic ? Math.log10 : (x: number) => x;
  const fromTrack = isLogarithmic ? (x: number) => Number((10 ** x).toPrecision(2)) : (x: number) => x;
  const drag = (place: number) => {
    const dragged = within(fromTrack(place), range);
    onChange(isWhole ? Math.round(dragged) : dragged);
  };
  return (
    <Hint text={`${help} Arrow keys step by ${step}; Alt finer, Shift coarser.`}>
      <div className="slider">
        <input
          type="range"
          aria-label={name}
          aria-valuetext={String(value)}
          min={toTrack(min)}
          max={toTrack(max)}
          step={isLogarithmic ? 0.01 : step}
          value={toTrack(value)}
          onChange={(event) => drag(event.target.valueAsNumber)}
          onKeyDown={(event) => {
            const next = afterArrow(event, { value, step, range, isWhole });
            if (next === undefined) return;
            event.preventDefault();
            if (next !== value) onChange(next);
          }}
          onFocus={() => onFocusChange?.(true)}
          onBlur={() => onFocusChange?.(false)}
        />
        <span className="slider-name" aria-hidden="true">
          {name}
        </span>
        <NumberEntry
          name={name}
          label={`${name}, typed`}
          value={value}
          range={range}
          step={step}
          isWhole={isWhole}
          onChange={onChange}
        />
      </div>
    </Hint>
  );
}

function within(value: number, [min, max]: readonly [number, number]): number {
  return Math.min(max, Math.max(min, value));
}
