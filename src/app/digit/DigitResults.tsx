/** What every run makes of the drawing, and whether it takes it for the same digit as the one before. */

import { useEffect } from 'react';
import { METRIC_TEXTS } from '../../measures/pairs.ts';
import { thresholdOf } from '../numbers/wrong-pairs.ts';
import { Digit } from '../parts/Digit.tsx';
import { numberText } from '../parts/Reading.tsx';
import { useCalm } from '../state/calm.ts';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { recordingShown, samplesShown } from '../state/selectors.ts';
import { drawnOf } from '../state/slices/digit.ts';
import { imagesShown } from '../state/slices/images.ts';
import { distanceOfDrawings, drawingInRun } from './own-digit.ts';

const DIM = 2;

export function DigitResults() {
  const runs = usePageState(({ experiment }) => experiment.runs.length);
  const count = usePageState(({ drawings }) => drawnOf(drawings).length);
  const note = usePageState((state) => {
    if (state.failure !== undefined) return 'Nothing computes here now, so nobody can say what it is.';
    if (state.backend === undefined) return 'The runs look at it as soon as the training worker has started.';
    const where = recordingShown(state) === undefined ? 'of now' : 'that the recording ends with';
    return state.at === undefined ? undefined : `Stars are where the networks ${where} put your drawing.`;
  });
  return (
    <>
      {count === 0 && (
        <p className="digit-note">
          Draw any digit, or paste or open a picture of one: a star shows where each run puts it.
        </p>
      )}
      {count > 0 && note !== undefined && <p className="digit-note">{note}</p>}
      {count > 0 &&
        Array.from({ length: runs }, (_, run) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its position.
          <InRun key={run} run={run} />
        ))}
      {count > 1 && <SameDigit />}
      <p className="digit-note">Your drawing stays in this browser.</p>
    </>
  );
}

function InRun({ run }: { readonly run: number }) {
  const commands = useCommands();
  const { classNames } = useDataSetShown();
  const title = usePageState(({ experiment }) => experiment.runs[run]?.title ?? '');
  const samples = usePageState(samplesShown);
  const images = usePageState(imagesShown);
  useEffect(() => {
    if (images === undefined) commands.wantImages();
  }, [commands, images]);
  const found = useCalm(() => {
    const { placedDrawings } = commands.store.getState();
    const moment = commands.moment(run);
    const decision = placedDrawings?.decisions[run];
    const place = placedDrawings?.runs[run]?.slice(-DIM);
    if (moment === undefined || decision === undefined || place === undefined) return undefined;
    return drawingInRun(place, decision, moment.features);
  }, [run]);
  if (found === undefined) return null;
  return (
    <div className="digit-run">
      <p>
        <span className={`run-key run-${run}`} aria-hidden="true" />
        <span className="digit-title">{title}</span>
        <strong>{classNames[found.predicted] ?? '–'}</strong>
      </p>
      <p className="digit-note">
        <span>{`its centre ${numberText(found.distance, 2)}`}</span>
        {found.rival >= 0 && (
          <span>{`, next ${classNames[found.rival]} at ${numberText(found.rivalDistance, 2)}`}</span>
        )}
      </p>
      {images !== undefined && samples !== undefined && (
        <ul className="digit-neighbours" aria-label={`Nearest samples in ${title}`}>
          {found.neighbours.map((row) => (
            <li key={row}>
              <button
                type="button"
                aria-label={`Pin sample ${samples.indices[row]}, a ${classNames[samples.labels[row] ?? -1]}`}
                onClick={(event) => commands.pinSample(samples.indices[row] ?? 0, event.shiftKey)}
              >
                <Digit images={images} row={row} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The last two drawings, decided as the verification decides pairs. */
function SameDigit() {
  const commands = useCommands();
  const { word } = useDataSetShown();
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n')).split(
    '\n',
  );
  const metric = usePageState((state) => state.metric);
  useEffect(() => {
    // The thresholds come with the measures, which are computed while someone looks at them.
    commands.show({ measuresInView: true });
  }, [commands]);
  const verdicts = useCalm(() => {
    const { placedDrawings, evaluations } = commands.store.getState();
    return titles.map((title, run) => {
      const places = placedDrawings?.runs[run];
      const threshold = thresholdOf(evaluations[run], metric, undefined);
      if (places === undefined || places.length < 2 * DIM) return { title, text: '–' };
      const distance = distanceOfDrawings(places.slice(-2 * DIM, -DIM), places.slice(-DIM), metric);
      if (threshold === undefined)
        return { title, text: `${numberText(distance, 2)} apart; the threshold is being computed` };
      const verdict = distance <= threshold ? 'the same' : 'different';
      return {
        title,
        text: `${verdict}: ${numberText(distance, 2)} apart, threshold ${numberText(threshold, 2)}`,
      };
    });
  }, [metric, titles.join('\n')]);
  return (
    <div className="digit-same">
      <h3>{`The same ${word.one}? By ${METRIC_TEXTS[metric].adjective} distance`}</h3>
      <ul>
        {verdicts.map(({ title, text }, run) => (
          <li key={title}>
            <span className={`run-key run-${run}`} aria-hidden="true" />
            <span>{`${title}: ${text}`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
