/** The lit sample: in the plot that is pointed at its image, large; in all its class, prediction, distances. */

import { useEffect, useRef } from 'react';
import { distanceBetween } from '../measures/euclidean.ts';
import { useLab, useLabState } from './context.ts';
import { shown } from './Reading.tsx';
import { samplesShown } from './shown.ts';

const SIDE = 28;
const DIM = 2;

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
  const lab = useLab();
  const samples = useLabState(samplesShown);
  const moment = useLabState(() => lab.moment(run));
  const label = samples?.labels[sample];
  if (samples === undefined || moment === undefined || label === undefined || place === undefined)
    return null;
  const distances = Array.from({ length: 10 }, (_, j) =>
    distanceBetween(moment.features, sample, moment.centres, j, DIM),
  );
  // Digits that are held out have no centre.
  const nearestOther = distances.reduce((best, distance, j) => {
    const isNearer =
      Number.isFinite(distance) && !(distance >= (distances[best] ?? Number.POSITIVE_INFINITY));
    return j !== label && isNearer ? j : best;
  }, -1);
  const predicted = moment.predictions[sample];
  const index = samples.indices[sample] ?? -1;
  return (
    <div className={`sample-card ${place.x > 190 ? 'at-left' : 'at-right'} ${isOrigin ? '' : 'is-linked'}`}>
      {isOrigin && <Digit index={index} />}
      <dl>
        {isOrigin && (
          <>
            <dt>Digit</dt>
            <dd>{label}</dd>
          </>
        )}
        <dt>Predicted</dt>
        <dd className={predicted === label ? undefined : 'wrong'}>{predicted}</dd>
        <dt>Own centre</dt>
        <dd>{shown(distances[label], 2)}</dd>
        <dt>Centre of {nearestOther}</dt>
        <dd>{shown(distances[nearestOther], 2)}</dd>
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

/** A test image by its index, once the images are there. */
function Digit({ index }: { readonly index: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const probe = useLabState((state) => state.probe);
  const row = probe?.indices.indexOf(index) ?? -1;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined || probe === undefined) return;
    const pixels = probe.images.subarray(row * SIDE * SIDE, (row + 1) * SIDE * SIDE);
    const image = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < pixels.length; i++) {
      image.data.fill(255 - (pixels[i] as number), 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [probe, row]);
  if (row < 0) return null;
  return <canvas ref={canvas} width={SIDE} height={SIDE} className="digit-image" />;
}
