/**
 * Says in the corner of a plot of more than two dimensions that it is a projection, and shows where the principal axes
 * point: each can be taken in hand, or moved by arrow keys, and the plane follows in all plots.
 */

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { isFirstPlane, withAxisAt } from '../../plots/projection.ts';
import { isPlain } from '../parts/keys.ts';
import { planeShown } from '../state/axes.ts';
import { useCommands, usePageState } from '../state/context.ts';
import './TourCompass.css';

/** Of the disc's half: where an axis of length one ends. */
const REACH = 0.82;
const STEP = 0.06;
const KEYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

export function TourCompass({ run }: { readonly run: number }) {
  const commands = useCommands();
  const axes = usePageState(() => commands.axes(run));
  const plane = usePageState((state) => (axes === undefined ? undefined : planeShown(state, axes.count)));
  const disc = useRef<HTMLDivElement>(null);
  if (axes === undefined || plane === undefined) return null;
  const move = (axis: number, to: readonly [x: number, y: number]) =>
    commands.show({ plane: withAxisAt(plane, axis, to) });
  const onDrag = (axis: number, { clientX, clientY }: PointerEvent) => {
    const box = disc.current?.getBoundingClientRect();
    if (box === undefined) return;
    const half = box.width / 2;
    move(axis, [(clientX - box.left - half) / (REACH * half), -(clientY - box.top - half) / (REACH * half)]);
  };
  const onKeyDown = (axis: number, event: KeyboardEvent) => {
    const way = KEYS[event.key];
    if (way === undefined || !isPlain(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    move(axis, [(plane[2 * axis] as number) + way[0], (plane[2 * axis + 1] as number) + way[1]]);
  };
  const share = (axis: number) => `${Math.round(100 * (axes.shares[axis] ?? 0))} %`;
  const ends = axes.shares.map((_, axis) => ({
    axis,
    x: 50 + 50 * REACH * (plane[2 * axis] as number),
    y: 50 - 50 * REACH * (plane[2 * axis + 1] as number),
  }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame of its own.
    <div className="tour-compass" role="group" aria-label="Projection">
      <div className="tour-disc" ref={disc}>
        <svg viewBox="0 0 100 100" aria-hidden="true">
          {ends.map(({ axis, x, y }) => (
            <line key={axis} x1={50} y1={50} x2={x} y2={y} />
          ))}
        </svg>
        {ends.toReversed().map(({ axis, x, y }) => (
          <button
            key={axis}
            type="button"
            style={{ left: `${x}%`, top: `${y}%` }}
            aria-label={`Principal axis ${axis + 1}, ${share(axis)} of the variance`}
            title={`Principal axis ${axis + 1}, ${share(axis)} of the variance: drag it`}
            onKeyDown={(event) => onKeyDown(axis, event)}
            onPointerDown={(event) => {
              event.stopPropagation();
              event.currentTarget.setPointerCapture(event.pointerId);
              commands.show({ isHoldingAxis: true });
            }}
            onPointerMove={(event) => {
              if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(axis, event);
            }}
            onLostPointerCapture={() => commands.show({ isHoldingAxis: false })}
          >
            {axis + 1}
          </button>
        ))}
      </div>
      <p className="tour-text">
        <span>{`${axes.dim} dimensions, by principal axes `}</span>
        <button
          type="button"
          className="quiet-button"
          disabled={isFirstPlane(plane)}
          onClick={() => commands.show({ plane: undefined, isTouring: false })}
        >
          First two
        </button>
      </p>
    </div>
  );
}
