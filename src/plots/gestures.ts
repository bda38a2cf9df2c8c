/** Which gestures zoom a plot, and how far: the page must still scroll over it. */

import type { ZoomTransform } from 'd3';

/** Wheel steps below this are a pinch on a trackpad. */
const PINCH_STEP = 40;

/** A wheel zooms with Ctrl or where the plot has the focus, fingers by pinching, a mouse by a double click. Drags: `followDrag`. */
export function mayZoom(event: Event, plot: HTMLElement): boolean {
  if (event instanceof WheelEvent) {
    return event.ctrlKey || event.metaKey || plot.contains(document.activeElement);
  }
  if (event.type.startsWith('touch')) return (event as TouchEvent).touches.length > 1;
  return event.type === 'dblclick';
}

/** A press beyond this is a drag, not a tap, in CSS pixels. */
export const TAP_REACH = 10;
/** The same for a mouse, which lies still. */
const CLICK_REACH = 3;

export interface DragEvents {
  readonly onStart?: (event: PointerEvent) => void;
  /** How far the pointer went since the last call, in CSS pixels. */
  readonly onMove: (event: PointerEvent, dx: number, dy: number) => void;
  /** A drag has ended; not called where something took the pointer away. */
  readonly onEnd?: (event: PointerEvent) => void;
  /** A press that was no drag. A scroll that begins on the element is none. */
  readonly onTap?: (event: MouseEvent, pointerType: string) => void;
}

/**
 * Follows a pressed finger, pen or primary button. Nothing is dragged without a press: what takes the pointer
 * away (a context menu, also by Ctrl and click on a Mac; a scroll; a release outside of the window) ends it.
 *
 * @returns the function that ends it for good
 */
export function followDrag(element: Element, { onStart, onMove, onEnd, onTap }: DragEvents): () => void {
  const listening = new AbortController();
  const on = <T extends Event>(type: string, listener: (event: T) => void) =>
    element.addEventListener(type, (event) => listener(event as T), { signal: listening.signal });
  let held: { readonly id: number; readonly x: number; readonly y: number } | undefined;
  let pressed: PointerEvent | undefined;
  const letGo = () => {
    if (held !== undefined && element.hasPointerCapture(held.id)) element.releasePointerCapture(held.id);
    held = undefined;
  };
  on<PointerEvent>('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0 || event.ctrlKey) return letGo();
    pressed = event;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY };
    element.setPointerCapture(event.pointerId);
    onStart?.(event);
  });
  on<PointerEvent>('pointermove', (event) => {
    if (held?.id !== event.pointerId) return;
    if ((event.buttons & 1) === 0) return letGo();
    const { clientX: x, clientY: y } = event;
    const { x: oldX, y: oldY } = held;
    held = { ...held, x, y };
    onMove(event, x - oldX, y - oldY);
  });
  on<PointerEvent>('pointerup', (event) => {
    if (held?.id === event.pointerId) onEnd?.(event);
  });
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture', 'contextmenu']) on(type, letGo);
  on<MouseEvent>('click', (event) => {
    const start = pressed;
    pressed = undefined;
    // The second press of a double click zooms.
    if (onTap === undefined || start === undefined || event.detail > 1) return;
    const moved = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (moved <= (start.pointerType === 'mouse' ? CLICK_REACH : TAP_REACH)) onTap(event, start.pointerType);
  });
  return () => listening.abort();
}

/** As d3's own, but a wheel with Ctrl is no pinch: that has the key, too, and much smaller steps. */
export function wheelDelta({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : deltaMode === 0 ? 0.002 : 1;
  return -deltaY * unit * (ctrlKey && Math.abs(deltaY) < PINCH_STEP ? 10 : 1);
}

export function isSameZoom(a: ZoomTransform, b: ZoomTransform): boolean {
  return a.k === b.k && a.x === b.x && a.y === b.y;
}
