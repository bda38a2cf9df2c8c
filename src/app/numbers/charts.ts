/** The charts of measures over steps. */

import { MEASURES } from '../../measures/measures.ts';

export interface Chart {
  /** Key of the value in a curve's points. */
  readonly value: string;
  readonly title: string;
  readonly help: string;
  /** Bounds of the value axis; each one left out follows the data. */
  readonly low?: number;
  readonly high?: number;
}

/** In the order that the measures ask for. */
export function measureCharts(): Chart[] {
  return MEASURES.flatMap(({ name, title, sentence, shown }) =>
    shown?.chart === undefined ? [] : [{ value: name, title, help: sentence, ...shown.chart }],
  ).sort((a, b) => a.order - b.order);
}
