/** The list of shortcuts, opened by its button or by "?". It blocks nothing. */

import { Popover } from '@base-ui/react/popover';
import { useEffect, useState } from 'react';
import type { DataSet } from '../../data/set.ts';
import { ACTIONS, type Action, CLASS_KEYS, KEY_ACTIONS } from '../state/actions.ts';
import { useDataSetShown } from '../state/context.ts';
import { onShortcut } from './shortcuts.ts';
import '../parts/menu.css';
import './Shortcuts.css';

export function Shortcuts() {
  const set = useDataSetShown();
  const [isOpen, setOpen] = useState(false);
  useEffect(
    () =>
      onShortcut((key, { repeat }) => {
        if (key === '?' && !repeat) setOpen((open) => !open);
      }),
    [],
  );
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="quiet-button" aria-label="Shortcuts" title="Shortcuts (?)">
        ?
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={6} className="menu-positioner">
          <Popover.Popup className="shortcuts">
            <Popover.Title className="shortcuts-title">Shortcuts</Popover.Title>
            <dl>
              {rows(set).map(({ keys, name }) => (
                <div key={name}>
                  <dt translate="no">
                    {keys.map((text) => (
                      <kbd key={text}>{text}</kbd>
                    ))}
                  </dt>
                  <dd>{name}</dd>
                </div>
              ))}
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface Row {
  readonly keys: readonly string[];
  readonly name: string;
}

/** A line a key; the classes share one, as do Train and Pause. */
function rows({ classNames, word }: DataSet): Row[] {
  const lines: Row[] = [];
  const byKey = new Map<string, string[]>();
  for (const { shortcut, name } of [...ACTIONS, ...KEY_ACTIONS].filter(hasShortcut)) {
    if (CLASS_KEYS.includes(shortcut.text)) continue;
    byKey.set(shortcut.text, [...(byKey.get(shortcut.text) ?? []), name]);
  }
  for (const [text, names] of byKey) lines.push({ keys: [text], name: names.join(' or ') });
  const last = CLASS_KEYS[Math.min(classNames.length, CLASS_KEYS.length) - 1] ?? '';
  lines.push({ keys: ['0', '…', last], name: `Light a ${word.one} in all panels` });
  lines.push({ keys: ['Enter'], name: 'In a plot: pin the sample that arrows have come to' });
  lines.push({ keys: ['Shift', 'Enter'], name: 'In a plot: pin it beside the others' });
  lines.push({ keys: ['Shift', 'drag'], name: 'In a plot: choose the samples inside of a line' });
  lines.push({ keys: ['?'], name: 'This list' });
  return lines;
}

function hasShortcut(action: Action): action is Action & Required<Pick<Action, 'shortcut'>> {
  return action.shortcut !== undefined;
}
