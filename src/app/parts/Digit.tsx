/** One sample's image, ink on paper in the colours of the page. */

import { useEffect, useRef } from 'react';
import type { SampleImages } from '../state/slices/images.ts';

export interface DigitProps {
  readonly images: SampleImages;
  /** Of the sample, in these images. */
  readonly row: number;
  readonly className?: string;
}

export function Digit({ images: { pixels, side, isLight }, row, className }: DigitProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const own = pixels.subarray(row * side * side, (row + 1) * side * side);
    const image = context.createImageData(side, side);
    for (let i = 0; i < own.length; i++) {
      const value = own[i] as number;
      image.data.fill(isLight ? value : 255 - value, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, row, side, isLight]);
  return <canvas ref={canvas} width={side} height={side} className={className} />;
}
