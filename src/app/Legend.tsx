/** The ten classes: hover or focus one and the others fade. */

import { useLab, useLabState } from './context.ts';

export function Legend() {
  const lab = useLab();
  const lit = useLabState((state) => state.litClass);
  return (
    <ul className="legend" aria-label="Classes">
      {Array.from({ length: 10 }, (_, label) => (
        <li key={`class-${String(label)}`}>
          <button
            type="button"
            className={`class-${label}`}
            aria-label={`Light digit ${label}`}
            aria-pressed={lit === label}
            onPointerEnter={() => lab.show({ litClass: label })}
            onPointerLeave={() => lab.show({ litClass: undefined })}
            onFocus={() => lab.show({ litClass: label })}
            onBlur={() => lab.show({ litClass: undefined })}
          >
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
