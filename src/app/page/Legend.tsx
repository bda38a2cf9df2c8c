/** The classes: hover or focus one and the others fade everywhere; press it and it stays lit. Many of them are searched. */

import { useState } from 'react';
import { coloursOf, MANY } from '../../plots/palette.ts';
import { ClassPicture } from '../parts/ClassPicture.tsx';
import { ClassSearch, namesWith } from '../parts/ClassSearch.tsx';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { heldOutShown, litClassShown } from '../state/selectors.ts';
import { useTheme } from './theme.ts';
import './Legend.css';

export function Legend() {
  const { classNames } = useDataSetShown();
  const [wanted, setWanted] = useState('');
  const heldOut = usePageState(heldOutShown);
  const all = classNames.map((_, label) => label);
  if (classNames.length <= MANY) return <Classes labels={all} />;
  const found = namesWith(classNames, wanted);
  // What training never saw comes first: it alone is in colour.
  const ordered = [...heldOut, ...all.filter((label) => !heldOut.includes(label))];
  return (
    <div className="legend-of-many">
      <ClassSearch wanted={wanted} onSearch={setWanted} />
      <Classes labels={ordered.filter((label) => found.includes(label))} />
    </div>
  );
}

function Classes({ labels }: { readonly labels: readonly number[] }) {
  const commands = useCommands();
  const theme = useTheme();
  const { classNames, word } = useDataSetShown();
  const pinned = usePageState((state) => state.pinnedClass);
  const hollow = usePageState(heldOutShown);
  const litClass = usePageState(litClassShown);
  const colours = coloursOf(theme, classNames.length, { hollow, litClass });
  return (
    <ul className="legend" aria-label="Classes">
      {labels.map((label) => (
        <li key={classNames[label]}>
          <button
            type="button"
            style={{ '--class': colours[label] } as React.CSSProperties}
            aria-label={`Light ${word.one} ${classNames[label]}`}
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
            <ClassPicture label={label} />
            <span>{classNames[label]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
