/** A named setting: its name with help, its control, its unit; and a menu of choices. */

import { Hint } from './Hint.tsx';
import './Setting.css';

export interface SettingProps {
  readonly name: string;
  readonly unit?: string;
  readonly help: string;
  readonly children: React.ReactElement;
}

export function Setting({ name, unit, help, children }: SettingProps) {
  return (
    <Hint text={help}>
      <div className="setting">
        <span className="setting-name">{name}</span>
        {children}
        <span className="setting-unit">{unit}</span>
      </div>
    </Hint>
  );
}

export interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly isDisabled?: boolean;
  readonly onChange: (value: T) => void;
}

export function Choice<T extends string>({
  name,
  value,
  options,
  isDisabled = false,
  onChange,
}: ChoiceProps<T>) {
  return (
    <select
      aria-label={name}
      value={value}
      disabled={isDisabled}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
