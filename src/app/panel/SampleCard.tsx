/** The lit sample: in the plot that is pointed at its image, large; in all its class, prediction, distances. */

import { useEffect } from 'react';
import { distanceBetween } from '../../measures/euclidean.ts';
import { dimIn } from '../../timeline/timeline.ts';
import { Digit } from '../parts/Digit.tsx';
import { capital } from '../parts/data-help.ts';
import { numberText } from '../parts/Reading.tsx';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { samplesShown } from '../state/selectors.ts';
import { imagesShown } from '../state/slices/images.ts';
import { nearestRival } from './pinned-sample.ts';
import './SampleCard.css';

export interface SampleCardProps {
  readonly run: number;
  /** Row in what is shown. */
  readonly sample: number;
  /** True in the plot that the reader points at. */
  readonly isOrigin: boolean;
  /** Where the sample is in the plot, in CSS pixels: the card goes to the other side. */
  readonly place: { readonly x: number; readonly y: number } | undefined;
}

export function SampleCard({ run, sample, isOrigin, place }: SampleCardProps) {
  const commands = useCommands();
  const { classNames, word } = useDataSetShown();
  const samples = usePageState(samplesShown);
  const moment = usePageState(() => commands.moment(run));
  const label = samples?.labels[sample];
  if (samples === undefined || moment === undefined || label === undefined || place === undefined)
    return null;
  const distances = classNames.map((_, j) =>
    distanceBetween(moment.features, sample, moment.centres, j, dimIn(moment)),
  );
  const nearestOther = nearestRival(distances, label);
  const predicted = moment.predictions[sample] ?? -1;
  const index = samples.indices[sample] ?? -1;
  return (
    <div className={`sample-card ${place.x > 190 ? 'at-left' : 'at-right'} ${isOrigin ? '' : 'is-linked'}`}>
      {isOrigin && <SampleImage sample={sample} />}
      <dl>
        {isOrigin && (
          <>
            <dt>{capital(word.one)}</dt>
            <dd>{classNames[label]}</dd>
          </>
        )}
        <dt>Predicted</dt>
        <dd className={predicted === label ? undefined : 'wrong'}>{classNames[predicted]}</dd>
        <dt>Own centre</dt>
        <dd>{numberText(distances[label], 2)}</dd>
        {nearestOther >= 0 && (
          <>
            <dt>{`Centre of ${classNames[nearestOther]}`}</dt>
            <dd>{numberText(distances[nearestOther], 2)}</dd>
          </>
        )}
        {isOrigin && (
          <>
            <dt>Test image</dt>
            <dd>{index}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** The image of a sample by its row, once the images are there. */
function SampleImage({ sample }: { readonly sample: number }) {
  const commands = useCommands();
  const images = usePageState(imagesShown);
  useEffect(() => {
    if (images === undefined) commands.wantImages();
  }, [commands, images]);
  return images === undefined ? null : <Digit images={images} row={sample} className="digit-image" />;
}
