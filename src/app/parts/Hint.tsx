/** Help: says what the thing inside is. On hover, on focus, and by touch: a tap on a name, a long press on a control. */

import { Tooltip } from '@base-ui/react/tooltip';
import { lazy, type MouseEvent, type PointerEvent, type ReactElement, useRef, useState } from 'react';
import { Part } from './Part.tsx';

const HintPopup = lazy(() => import('./HintPopup.tsx').then((module) => ({ default: module.HintPopup })));

export interface HintProps {
  readonly text: string;
  /** One element: a control, a name or a number (both become focusable), or what holds a control and its name. */
  readonly children: ReactElement;
}

/** What a tap works: there help takes a long press. */
const CONTROL = 'button, input, select, textarea, label, a, summary';
const CONTROLS: readonly unknown[] = ['button', 'input', 'select', 'a'];
/** These hold the control that has the focus. */
const CONTAINERS: readonly unknown[] = ['div', 'fieldset', 'label'];

export function Hint({ text, children }: HintProps) {
  const [isOpen, setOpen] = useState(false);
  // It stays once it was there, so that it can fade.
  const [wasOpen, setWasOpen] = useState(false);
  if (isOpen && !wasOpen) setWasOpen(true);
  const { pressedAt, ...touch } = useTouch(setOpen);
  const isControl = CONTROLS.includes(children.type);
  const isContainer = CONTAINERS.includes(children.type);
  const described = isContainer ? {} : { 'aria-description': text };
  const focusable = isControl || isContainer ? {} : { tabIndex: 0, 'data-help': '' };
  return (
    <Tooltip.Root
      open={isOpen}
      onOpenChange={(opens, { reason, event }) => {
        // A field that is pressed has the focus, too: who types there has not asked.
        const isPressed = reason === 'trigger-focus' && event.timeStamp - pressedAt.current < PRESS_MS;
        if (!opens || !isPressed) setOpen(opens);
      }}
    >
      <Tooltip.Trigger render={children} closeOnClick={isControl} {...described} {...focusable} {...touch} />
      {wasOpen && (
        <Part name="Help" placeholder={null}>
          <HintPopup text={text} onClose={() => setOpen(false)} />
        </Part>
      )}
    </Tooltip.Root>
  );
}

const LONG_PRESS_MS = 500;
/** From a press to the focus that it brings. */
const PRESS_MS = 1000;

/** What the library leaves out: it opens help for a mouse and for keys. A tap elsewhere closes it again. */
function useTouch(setOpen: (change: boolean | ((isOpen: boolean) => boolean)) => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pointer = useRef('mouse');
  const pressedAt = useRef(Number.NEGATIVE_INFINITY);
  const letGo = () => clearTimeout(timer.current);
  return {
    pressedAt,
    onPointerDown({ pointerType, target, timeStamp }: PointerEvent) {
      letGo();
      pressedAt.current = timeStamp;
      pointer.current = pointerType;
      if (!isControl(target)) return;
      // Help would lie beside what the mouse is working.
      if (pointerType === 'mouse') setOpen(false);
      else timer.current = setTimeout(() => setOpen(true), LONG_PRESS_MS);
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    onPointerLeave: letGo,
    onClick({ target }: MouseEvent) {
      if (pointer.current !== 'mouse' && !isControl(target)) setOpen((isOpen) => !isOpen);
    },
  };
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest(CONTROL) !== null;
}
