/** The reader's own digit: a pad, its form as an image of the data set, and what every run makes of it. */

import { useEffect, useRef, useState } from 'react';
import { CloseButton } from '../parts/CloseButton.tsx';
import { Digit } from '../parts/Digit.tsx';
import { Hint } from '../parts/Hint.tsx';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { DigitResults } from './DigitResults.tsx';
import { followDrawings } from './follow-drawings.ts';
import { GRID, PEN_WIDTH, type Stroke } from './ink.ts';
import { mnistForm, mnistFormOfStrokes } from './mnist-form.ts';
import { decodedPicture } from './picture.ts';
import './DigitPad.css';

/** Of the canvas, in its own pixels. */
const SIDE = 360;

const HELP = {
  form: 'As MNIST’s makers did: scaled into a box of 20 × 20 pixels, edges grey, and put into 28 × 28 by its centre of mass; the pen is as wide as gives it their ink.',
  keep: 'This drawing stays as a star, and you can draw another beside it: are they the same digit?',
};

export function DigitPad() {
  const isDrawing = usePageState((state) => state.isDrawing);
  return isDrawing ? <Pad /> : null;
}

function Pad() {
  const commands = useCommands();
  useEffect(() => followDrawings(commands), [commands]);
  useEffect(() => {
    // On a small screen the pad is below what it is about.
    if (window.matchMedia('(width < 800px)').matches) document.querySelector('.panels')?.scrollIntoView();
  }, []);
  return (
    <section className="digit-pad side-card surface" aria-label="Your digit">
      <div className="digit-head">
        <h2>Your digit</h2>
        <CloseButton name="Close your digit" onClose={() => commands.closePad()} />
      </div>
      <Drawing />
      <DigitResults />
    </section>
  );
}

function Drawing() {
  const commands = useCommands();
  const { side } = useDataSetShown();
  const canvas = useRef<HTMLCanvasElement>(null);
  const strokes = useRef<readonly Stroke[]>([]);
  const file = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const current = usePageState(({ drawings }) => drawings.at(-1));
  const image = current?.image;
  const id = current?.id;

  // Another drawing begins on an empty pad.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it begins anew with every drawing.
  useEffect(() => {
    strokes.current = [];
    paint(canvas.current, []);
  }, [id]);

  const draw = (all: readonly Stroke[]) => {
    strokes.current = all;
    paint(canvas.current, all);
    commands.draw(mnistFormOfStrokes(all, side));
  };
  const clear = () => {
    setProblem(undefined);
    draw([]);
  };
  const open = async (blob: Blob) => {
    try {
      const ink = await decodedPicture(blob);
      strokes.current = [];
      paintInk(canvas.current, ink);
      setProblem(undefined);
      commands.draw(mnistForm(ink, GRID, side));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'This picture could not be read.');
    }
  };
  const opening = useRef(open);
  opening.current = open;
  useEffect(() => {
    const onPaste = ({ clipboardData }: ClipboardEvent) => {
      const picture = Array.from(clipboardData?.files ?? []).find(({ type }) => type.startsWith('image/'));
      if (picture !== undefined) opening.current(picture);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  const placeOf = (event: { readonly clientX: number; readonly clientY: number }) => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return [];
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const isPressed = useRef(false);
  return (
    <>
      <div className="digit-drawing">
        <canvas
          ref={canvas}
          width={SIDE}
          height={SIDE}
          role="img"
          aria-label="Drawing"
          className="digit-canvas"
          onPointerDown={(event) => {
            if (!event.isPrimary || event.button !== 0) return;
            event.preventDefault();
            event.currentTarget.setPointerCapture(event.pointerId);
            isPressed.current = true;
            draw([...strokes.current, placeOf(event)]);
          }}
          onPointerMove={(event) => {
            if (!isPressed.current || !event.isPrimary) return;
            const events = event.nativeEvent.getCoalescedEvents?.() ?? [];
            const places = (events.length > 0 ? events : [event.nativeEvent]).flatMap(placeOf);
            const last = strokes.current.at(-1) ?? [];
            draw([...strokes.current.slice(0, -1), [...last, ...places]]);
          }}
          onPointerUp={() => {
            isPressed.current = false;
          }}
          onPointerCancel={() => {
            isPressed.current = false;
          }}
        />
        <div className="digit-form">
          <Hint text={HELP.form}>
            <figure>
              {image === undefined ? (
                <span className="digit-none" />
              ) : (
                <Digit images={{ pixels: image, side }} row={0} className="digit-result" />
              )}
              <figcaption>{`as ${side} × ${side}`}</figcaption>
            </figure>
          </Hint>
          <button type="button" onClick={clear}>
            Clear
          </button>
          <Hint text={HELP.keep}>
            <button type="button" disabled={image === undefined} onClick={() => commands.keepDrawing()}>
              Draw another
            </button>
          </Hint>
          <button type="button" onClick={() => file.current?.click()}>
            Open image
          </button>
          <input
            ref={file}
            type="file"
            accept="image/*"
            aria-label="Image of a digit"
            className="visually-hidden"
            tabIndex={-1}
            onChange={({ target }) => {
              const [chosen] = target.files ?? [];
              if (chosen !== undefined) open(chosen);
              target.value = '';
            }}
          />
        </div>
      </div>
      {problem !== undefined && (
        <p role="alert" className="digit-problem">
          {problem}
        </p>
      )}
    </>
  );
}

function paint(canvas: HTMLCanvasElement | null, strokes: readonly Stroke[]): void {
  const context = canvas?.getContext('2d');
  if (context === null || context === undefined) return;
  context.clearRect(0, 0, SIDE, SIDE);
  context.lineWidth = PEN_WIDTH * SIDE;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = '#000';
  for (const stroke of strokes) {
    context.beginPath();
    for (let i = 0; i < stroke.length; i += 2)
      context.lineTo((stroke[i] as number) * SIDE, (stroke[i + 1] as number) * SIDE);
    // A press without a move is a dot.
    if (stroke.length === 2) context.lineTo((stroke[0] as number) * SIDE + 0.1, (stroke[1] as number) * SIDE);
    context.stroke();
  }
}

function paintInk(canvas: HTMLCanvasElement | null, ink: Uint8Array): void {
  const context = canvas?.getContext('2d');
  if (context === null || context === undefined) return;
  context.clearRect(0, 0, SIDE, SIDE);
  const cell = SIDE / GRID;
  ink.forEach((value, i) => {
    if (value === 0) return;
    context.fillStyle = `rgb(0 0 0 / ${value / 255})`;
    context.fillRect((i % GRID) * cell, Math.floor(i / GRID) * cell, cell + 0.5, cell + 0.5);
  });
}
