/** Sessions of earlier visits: go on with one of them, delete them, or leave them for another day. */

import { useEffect, useId, useRef, useState } from 'react';
import { points as pointsMark } from '../../plots/marks/points.ts';
import { classColours, GROUND, rgbOf } from '../../plots/palette.ts';
import { clearPixels } from '../../plots/raster.ts';
import { extentOf, viewOf } from '../../plots/view.ts';
import { useCommands, usePageState } from '../state/context.ts';
import type { SmallPicture, StoredSession } from '../state/store.ts';
import { useTheme } from './theme.ts';
import './Kept.css';

/** Where there is a column of controls, the list has a place that is nobody else's. */
const WIDE = '(width >= 1240px)';

export function Kept() {
  const commands = useCommands();
  const offers = usePageState((state) => state.offers);
  const [isOpen, setOpen] = useState(() => window.matchMedia(WIDE).matches);
  const list = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  if (offers.length === 0) return null;
  const title = offers.length === 1 ? 'Kept from your last visit' : `${offers.length} kept sessions`;
  return (
    <section className="notice kept" aria-label="Last visit">
      <header className="kept-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button
          type="button"
          className="kept-toggle"
          aria-expanded={isOpen}
          aria-controls={list}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Hide' : 'Show'}
        </button>
        <button type="button" onClick={() => commands.declineOffers()}>
          Not now
        </button>
      </header>
      <ul id={list} className="kept-list" hidden={!isOpen}>
        {offers.map((session) => (
          <KeptSession
            key={session.id}
            session={session}
            // The button goes with its session: keys go on from the list's head.
            onDelete={() => heading.current?.focus()}
          />
        ))}
      </ul>
    </section>
  );
}

interface KeptSessionProps {
  readonly session: StoredSession;
  readonly onDelete: () => void;
}

function KeptSession({ session, onDelete }: KeptSessionProps) {
  const commands = useCommands();
  const words = useId();
  const { id, step, titles, savedAt } = session;
  const when = new Date(savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const [isBusy, setBusy] = useState(false);
  const goOn = async () => {
    setBusy(true);
    await commands.acceptOffer(id);
    setBusy(false);
  };
  return (
    <li className="kept-session">
      <Thumbnail id={id} />
      <p id={words}>
        <span className="kept-step">{`Stopped at step ${step} `}</span>
        <span className="kept-words">{`${titles.join(', ')} `}</span>
        <span className="kept-words">{when}</span>
      </p>
      <div className="kept-ways">
        <button type="button" aria-describedby={words} disabled={isBusy} onClick={goOn}>
          Go on there
        </button>
        <DeleteButton
          describedBy={words}
          onDelete={() => {
            commands.deleteOffered(id);
            onDelete();
          }}
        />
      </div>
    </li>
  );
}

interface DeleteButtonProps {
  readonly describedBy: string;
  readonly onDelete: () => void;
}

/** What is deleted is gone: the second press does it. */
function DeleteButton({ describedBy, onDelete }: DeleteButtonProps) {
  const [isSure, setSure] = useState(false);
  return (
    <button
      type="button"
      className="quiet-button"
      aria-describedby={describedBy}
      onBlur={() => setSure(false)}
      onClick={() => (isSure ? onDelete() : setSure(true))}
    >
      {isSure ? 'Delete for good' : 'Delete'}
    </button>
  );
}

/** In pixels; shown at half the size. */
const SIDE = 112;

function Thumbnail({ id }: { readonly id: string }) {
  const commands = useCommands();
  const theme = useTheme();
  const [picture, setPicture] = useState<SmallPicture>();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isWanted = true;
    commands.pictureOf(id).then((known) => {
      if (isWanted) setPicture(known);
    });
    return () => {
      isWanted = false;
    };
  }, [commands, id]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || picture === undefined) return;
    const { points, labels, classes } = picture;
    const image = context.createImageData(SIDE, SIDE);
    clearPixels(image.data, rgbOf(GROUND[theme]));
    const view = viewOf(extentOf(points, new Float32Array(0)), SIDE, SIDE);
    const channels = {
      points,
      labels,
      colours: classColours(theme, classes),
      hollow: [],
      chosen: undefined,
      litClass: undefined,
    };
    const frame = { view, width: SIDE, height: SIDE, theme };
    pointsMark.rasterise?.(channels, frame, { data: image.data, width: SIDE, height: SIDE, ratio: 1 });
    context.putImageData(image, 0, 0);
  }, [picture, theme]);
  return <canvas ref={canvas} className="kept-picture" width={SIDE} height={SIDE} />;
}
