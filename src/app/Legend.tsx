/** The ten classes: hover or focus one and the others fade everywhere; press it and it stays lit. */

import { classColour } from '../plots/palette.ts';
import { useLab, useLabState } from './context.ts';
import { useTheme } from './theme.ts';

export function Legend() {
  const lab = useLab();
  const theme = useTheme();
  const pinned = useLabState((state) => state.pinnedClass);
  return (
    <ul className="legend" aria-label="Classes">
      {Array.from({ length: 10 }, (_, label) => (
        <li key={`class-${String(label)}`}>
          <button
            type="button"
            style={{ '--class': classColour(theme, label) } as React.CSSProperties}
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
