/** The pinned samples: the image of one, and what each run makes of it; it follows the timeline. */

import { useEffect } from 'react';
import { CloseButton } from '../parts/CloseButton.tsx';
import { Digit } from '../parts/Digit.tsx';
import { capital } from '../parts/data-help.ts';
import { Hint } from '../parts/Hint.tsx';
import { numberText } from '../parts/Reading.tsx';
import { useCalm } from '../state/calm.ts';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { framesShown, positionShown, rowsShown, samplesShown, stepShown } from '../state/selectors.ts';
import { imagesShown } from '../state/slices/images.ts';
import { predictedSince, sampleInRun } from './pinned-sample.ts';
import './Pinned.css';

const HELP = {
  own: 'Distance to the learned centre of its own class.',
  rival: 'Distance to the nearest centre of another class.',
  neighbours: 'The five samples that lie nearest to it in this run. Press one to pin it.',
};

export function Pinned() {
  const pins = usePageState((state) => state.pins);
  const shown = usePageState(({ pinInCard }) => pinInCard);
  const index = shown !== undefined && pins.includes(shown) ? shown : pins.at(-1);
  if (index === undefined) return null;
  return (
    <section className="pinned side-card surface" aria-label="Pinned samples">
      <Head index={index} />
      <Card index={index} />
    </section>
  );
}

interface PinProps {
  /** In the test set. */
  readonly index: number;
}

/** Which of the pinned samples the card shows, and the way to let go of it. */
function Head({ index }: PinProps) {
  const commands = useCommands();
  const pins = usePageState((state) => state.pins);
  return (
    <div className="pinned-head">
      {pins.map((pin, position) => (
        <button
          key={pin}
          type="button"
          className="pinned-tab"
          aria-pressed={pin === index}
          aria-label={`Show pinned sample ${pin}`}
          onClick={() => commands.show({ pinInCard: pin })}
        >
          {pins.length > 1 ? `${position + 1} · ${pin}` : `Sample ${pin}`}
        </button>
      ))}
      <CloseButton
        name={`Let go of pinned sample ${index}`}
        onClose={() => commands.show({ pins: pins.filter((pin) => pin !== index) })}
      />
    </div>
  );
}

function Card({ index }: PinProps) {
  const commands = useCommands();
  const { classNames, word } = useDataSetShown();
  const row = usePageState((state) => rowsShown(state, [index])[0] ?? -1);
  const label = usePageState((state) => samplesShown(state)?.labels[row]);
  const images = usePageState(imagesShown);
  const runs = usePageState(({ experiment }) => experiment.runs.length);
  useEffect(() => {
    if (images === undefined) commands.wantImages();
  }, [commands, images]);
  if (label === undefined) {
    return <p className="pinned-note">{`Test ${word.one} ${index} is not among the samples shown.`}</p>;
  }
  return (
    <>
      <div className="pinned-sample">
        {images !== undefined && <Digit images={images} row={row} className="pinned-image" />}
        <p>
          <span className="pinned-class">{`${capital(word.one)} ${classNames[label]}`}</span>
          <span>{`Test image ${index}`}</span>
        </p>
      </div>
      {Array.from({ length: runs }, (_, run) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its position.
        <InRun key={run} run={run} row={row} label={label} />
      ))}
    </>
  );
}

interface InRunProps {
  readonly run: number;
  readonly row: number;
  readonly label: number;
}

function InRun({ run, row, label }: InRunProps) {
  const commands = useCommands();
  const { classNames } = useDataSetShown();
  const title = usePageState(({ experiment }) => experiment.runs[run]?.title ?? '');
  const found = useCalm(() => {
    const state = commands.store.getState();
    const moment = commands.moment(run);
    if (moment === undefined || moment.predictions.length <= row) return undefined;
    const position = positionShown(state, run);
    const since = predictedSince(framesShown(state), { position, row, step: stepShown(state) });
    return { ...sampleInRun(moment, row, label), since };
  }, [run, row, label]);
  if (found === undefined) return null;
  const isRight = found.predicted === label;
  return (
    <div className="pinned-run">
      <p>
        <span className={`run-key run-${run}`} aria-hidden="true" />
        <span className="pinned-title">{title}</span>
        <span className={isRight ? 'pinned-verdict' : 'pinned-verdict wrong'}>
          {`${isRight ? '✓' : '✗'} ${classNames[found.predicted] ?? '–'}`}
        </span>
      </p>
      <p className="pinned-distances">
        <Hint text={HELP.own}>
          <span>{`own centre ${numberText(found.ownDistance, 2)}`}</span>
        </Hint>
        {found.rival >= 0 && (
          <Hint text={HELP.rival}>
            <span>{`nearest other: ${classNames[found.rival]} at ${numberText(found.rivalDistance, 2)}`}</span>
          </Hint>
        )}
        {found.since !== undefined && <span>{`taken so since step ${found.since}`}</span>}
      </p>
      <Neighbours rows={found.neighbours} title={title} />
    </div>
  );
}

function Neighbours({ rows, title }: { readonly rows: readonly number[]; readonly title: string }) {
  const commands = useCommands();
  const { classNames } = useDataSetShown();
  const images = usePageState(imagesShown);
  const samples = usePageState(samplesShown);
  if (images === undefined || samples === undefined) return null;
  return (
    <Hint text={HELP.neighbours}>
      <ul className="pinned-neighbours" aria-label={`Nearest neighbours in ${title}`}>
        {rows.map((row) => {
          const index = samples.indices[row] ?? -1;
          const name = classNames[samples.labels[row] ?? -1];
          return (
            <li key={row}>
              <button
                type="button"
                aria-label={`Pin sample ${index}, a ${name}`}
                onClick={(event) => commands.pinSample(index, event.shiftKey)}
              >
                <Digit images={images} row={row} />
                <span>{name}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Hint>
  );
}
