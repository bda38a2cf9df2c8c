/** The classes: hover or focus one and the others fade everywhere; press it and it stays lit. */

import { classColour } from '../../plots/palette.ts';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { useTheme } from './theme.ts';
import './Legend.css';

export function Legend() {
  const commands = useCommands();
  const theme = useTheme();
  const { classNames, word } = useDataSetShown();
  const pinned = usePageState((state) => state.pinnedClass);
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
              if (pointerType === 'mouse') commands.show({ litClass: label });
            }}
            onPointerLeave={() => commands.show({ litClass: undefined })}
            onFocus={(event) => {
              if (event.target.matches(':focus-visible')) commands.show({ litClass: label });
            }}
            onBlur={() => commands.show({ litClass: undefined })}
            onClick={() => commands.pinClass(label)}
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
