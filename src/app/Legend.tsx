/** The ten classes: hover or focus one and the others fade everywhere; press it and it stays lit. */

import { useLab, useLabState } from './context.ts';

export function Legend() {
  const lab = useLab();
  const pinned = useLabState((state) => state.pinnedClass);
  return (
    <ul className="legend" aria-label="Classes">
      {Array.from({ length: 10 }, (_, label) => (
        <li key={`class-${String(label)}`}>
          <button
            type="button"
            className={`class-${label}`}
            aria-label={`Light digit ${label}`}
            aria-pressed={pinned === label}
            onPointerEnter={({ pointerType }) => {
              if (pointerType === 'mouse') lab.show({ litClass: label });
            }}
            onPointerLeave={() => lab.show({ litClass: undefined })}
            onFocus={(event) => {
              if (event.target.matches(':focus-visible')) lab.show({ litClass: label });
            }}
            onBlur={() => lab.show({ litClass: undefined })}
            onClick={() => lab.pinClass(label)}
          >
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
