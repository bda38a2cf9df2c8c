/** The scatter plot of a run as a figure, without a page: by the marks that the page draws. */

import type { DataSet } from '../src/data/set.ts';
import { linearScores } from '../src/measures/decision.ts';
import { figureSvg } from '../src/plots/figure.ts';
import { bare } from '../src/plots/marks.ts';
import { classColours } from '../src/plots/palette.ts';
import { extentOf, viewOf } from '../src/plots/view.ts';
import type { RunSnapshot } from '../src/training/lab/snapshots.ts';

const SIZE = 320;
const DIM = 2;
/** So many show a picture's shape, and keep the file small. */
const SAMPLES = 800;

export interface FigureOf {
  readonly set: Pick<DataSet, 'classNames'>;
  readonly heldOut: readonly number[];
  readonly title: string;
  readonly caption: string;
}

/** The first test samples with decision regions, centres and the names of the classes, as an SVG document. */
export function figureOf(
  { features, centres, means, agents, rule }: RunSnapshot,
  labels: Uint8Array,
  { set, heldOut, title, caption }: FigureOf,
): string {
  const points = features.slice(0, SAMPLES * DIM);
  const view = viewOf(extentOf(points, means), SIZE, SIZE);
  const colours = classColours('light', set.classNames.length);
  return figureSvg(
    {
      frame: { view, width: SIZE, height: SIZE, theme: 'light' },
      channels: {
        ...bare({ points, labels: labels.slice(0, SAMPLES), names: set.classNames, colours, means, centres }),
        agents: rule === 'logits' || rule === 'cosine' ? agents : undefined,
        scores: linearScores(rule, { agents, centres, dim: DIM }),
        hollow: heldOut,
      },
    },
    { title, caption },
  );
}
