/** The lit sample: its image, large; its class, the prediction, its distances to centres. */

import { useEffect, useRef } from 'react';
import { distanceBetween } from '../measures/distances.ts';
import { useLabState } from './context.ts';

const SIDE = 28;

export interface SampleCardProps {
  readonly run: number;
  /** Row in the probe set. */
  readonly sample: number;
  /** Where the sample is in the plot, in CSS pixels: the card goes to the other side. */
  readonly place: { readonly x: number; readonly y: number };
}

export function SampleCard({ run, sample, place }: SampleCardProps) {
  const probe = useLabState((state) => state.probe);
  const snapshot = useLabState((state) => state.snapshot);
  const own = snapshot?.runs[run];
  const label = snapshot?.labels[sample];
  if (probe === undefined || snapshot === undefined || own === undefined || label === undefined) return null;
  const distances = Array.from({ length: 10 }, (_, j) =>
    distanceBetween(own.features, sample, own.centres, j, snapshot.dim),
  );
  const nearestOther = distances.reduce(
    (best, distance, j) =>
      j !== label && distance < (distances[best] ?? Number.POSITIVE_INFINITY) ? j : best,
    label === 0 ? 1 : 0,
  );
  const predicted = own.predictions[sample];
  return (
    <div className={`sample-card ${place.x > 220 ? 'at-left' : 'at-right'}`} aria-live="polite">
      <Digit pixels={probe.images.subarray(sample * SIDE * SIDE, (sample + 1) * SIDE * SIDE)} />
      <dl>
        <dt>Digit</dt>
        <dd>{label}</dd>
        <dt>Predicted</dt>
        <dd className={predicted === label ? undefined : 'wrong'}>{predicted}</dd>
        <dt>To own centre</dt>
        <dd>{distances[label]?.toFixed(2)}</dd>
        <dt>To centre of {nearestOther}</dt>
        <dd>{distances[nearestOther]?.toFixed(2)}</dd>
        <dt>Test image</dt>
        <dd>{probe.indices[sample]}</dd>
      </dl>
    </div>
  );
}

function Digit({ pixels }: { readonly pixels: Uint8Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const image = context.createImageData(SIDE, SIDE);
    for (let i = 0; i < pixels.length; i++) {
      image.data.fill(255 - (pixels[i] as number), 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} className="digit-image" />;
}
