/** Which gestures zoom a plot, and how far: the page must still scroll over it. */

import type { ZoomTransform } from 'd3';

/** Wheel steps below this are a pinch on a trackpad. */
const PINCH_STEP = 40;

/** A wheel zooms with Ctrl or where the plot has the focus, fingers by pinching, a mouse by dragging. */
export function mayZoom(event: Event, plot: HTMLElement): boolean {
  if (event instanceof WheelEvent) {
    return event.ctrlKey || event.metaKey || plot.contains(document.activeElement);
  }
  if (event.type.startsWith('touch')) return (event as TouchEvent).touches.length > 1;
  return (event as MouseEvent).button === 0;
}

/** As d3's own, but a wheel with Ctrl is no pinch: that has the key, too, and much smaller steps. */
export function wheelDelta({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : deltaMode === 0 ? 0.002 : 1;
  return -deltaY * unit * (ctrlKey && Math.abs(deltaY) < PINCH_STEP ? 10 : 1);
}

export function isSameZoom(a: ZoomTransform, b: ZoomTransform): boolean {
  return a.k === b.k && a.x === b.x && a.y === b.y;
}
