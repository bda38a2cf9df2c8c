/** The classes: hover or focus one and the others fade everywhere; press it and it stays lit. */

import { classColour } from '../plots/palette.ts';
import { useDataSetShown, useLab, useLabState } from './context.ts';
import { useTheme } from './theme.ts';

export function Legend() {
  const lab = useLab();
  const theme = useTheme();
  const { classNames, word } = useDataSetShown();
  const pinned = useLabState((state) => state.pinnedClass);
  return (
    <ul className="legend" aria-label="Classes">
      {classNames.map((name, label) => (
        <li key={name}>
          <button
            type="button"
            style={{ '--class': classColour(theme, label) } as React.CSSProperties}
            aria-label={`Light ${word.one} ${name}`}
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
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
