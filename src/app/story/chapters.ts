/**
 * "Show me": a guided minute over the recorded run. A chapter is a record: what it says, and what the page shows meanwhile.
 * A teacher who wants another one writes another list.
 */

import { presetLike } from '../../losses/presets.ts';
import type { Links } from '../../plots/marks/links.ts';
import type { PageState } from '../state/store.ts';
import { contraryIn, mendedIn, type Shown } from './shown.ts';
import { errorRates, measured, type TableLine } from './tables.ts';

export interface Chapter {
  readonly title: string;
  /** A sentence and a half; numbers in it are read off what is shown. */
  readonly text: (shown: Shown) => string;
  readonly scene: Scene;
  /** Numbers beside it, a column a run. */
  readonly table?: (shown: Shown) => readonly TableLine[];
  /** What the reader is asked to do: the chapter is done when it is so. */
  readonly isDone?: (state: PageState) => boolean;
}

/** What the page shows; what is left out is as the guide begins: regions, each panel fitted, the end of the run. */
export interface Scene {
  readonly view?: Partial<
    Pick<
      PageState,
      'scale' | 'showsRegions' | 'showsForces' | 'showsCircles' | 'showsImages' | 'showsUnitCircle'
    >
  >;
  /** Steps to play, in place of the end. */
  readonly play?: (shown: Shown) => readonly [from: number, to: number];
  /** The class that is lit. */
  readonly lit?: number;
  /** Rows of samples to be pinned: with their images and their paths. */
  readonly pins?: (shown: Shown) => readonly (number | undefined)[];
  /** Pairs of rows to be joined by lines. */
  readonly pairs?: (shown: Shown) => readonly Links[];
  /** The panel that is spoken of: it comes into sight where there is not room for all. */
  readonly panel?: number;
  /** Another recording than the page's own: fetched for this chapter alone. */
  readonly recording?: 'unseen';
}

const [SOFTMAX, CENTER, MARGIN] = [0, 1, 2];
const AUC = 'openSetAUROC';
/** Gao et al. 2018, Table II: D2/D1 of S, S+C and M on MNIST, from its rounded numbers. */
const LETTER_D2_OVER_D1 = [5.6 / 3.5, 5.9 / 1.8, 6.9 / 1.9];

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'A point is a digit, and softmax makes a star',
    text: () =>
      'One network, three losses: it turns each image into two numbers, its place. Softmax asks only that the right class win; the farther out, the surer. So classes grow as petals from the middle, and where petals meet, they touch.',
    scene: { panel: SOFTMAX, view: { showsImages: true }, play: ({ lastStep }) => [0, lastStep] },
  },
  {
    title: 'The trouble with petals',
    text: (shown) => {
      const found = contraryIn(shown, SOFTMAX);
      if (found === undefined)
        return 'Two samples of one class can be farther apart than two of different ones.';
      const [own, other] = [nameAt(shown, found.first), nameAt(shown, found.other)];
      return `In the softmax panel two samples of ${own} are ${found.within.toFixed(0)} apart, and this ${other} is only ${found.between.toFixed(0)} from the first. Who compares faces by distance takes strangers for friends: that is why the letter (Gao et al. 2018) asks for margins.`;
    },
    scene: {
      panel: SOFTMAX,
      view: { showsRegions: false },
      pairs: (shown) => {
        const found = contraryIn(shown, SOFTMAX);
        if (found === undefined) return [];
        const { first, second, other } = found;
        return [
          { kind: 'refused', first: Uint32Array.of(first), second: Uint32Array.of(second) },
          { kind: 'accepted', first: Uint32Array.of(first), second: Uint32Array.of(other) },
        ];
      },
    },
  },
  {
    title: 'Center loss pulls',
    text: (shown) =>
      `Each sample is pulled to the centre of its class, too: the mean distance within a class, D1, is ${measureOf(shown, CENTER, 'D1')} where softmax has ${measureOf(shown, SOFTMAX, 'D1')}. Only softmax keeps classes apart, by direction, so most blobs stay on a ring.`,
    scene: { panel: CENTER, view: { scale: 'sameD2' } },
  },
  {
    title: 'Softmax first, then the fold',
    text: ({ switchStep }) =>
      `Margin loss alone would find no order: at the start all centres sit together, and nine push each sample at once. So softmax comes first; at step ${switchStep} margin takes over, and the star folds.`,
    scene: {
      panel: MARGIN,
      play: ({ switchStep, lastStep }) => [switchStep * 0.8, Math.min(lastStep, switchStep * 1.8)],
    },
  },
  {
    title: 'Margins are circles',
    text: () =>
      'Inside the small solid circle, behind each digit’s name, nothing pulls a sample to its centre any more; outside the dashed one nothing pushes it from another’s; center loss has no such push. Discs that keep a distance fill the plane, not just a ring.',
    scene: { panel: MARGIN, view: { showsCircles: true }, lit: 3 },
  },
  {
    title: 'One mistake, followed',
    text: (shown) => {
      const row = mendedIn(shown, [SOFTMAX, CENTER], MARGIN) ?? mendedIn(shown, [SOFTMAX], MARGIN);
      if (row === undefined) return 'Pin a sample to follow it through all panels and through time.';
      const taken = shown.names[shown.moments[SOFTMAX]?.predictions[row] ?? 0];
      const isCenters = shown.moments[CENTER]?.predictions[row] !== shown.labels[row];
      return `Softmax takes this ${nameAt(shown, row)} for ${article(taken)}${isCenters ? ', and center errs as well' : ''}; margin does not. Its card shows the image, the line how it moved to its place, the background whose land it stands on.`;
    },
    scene: {
      panel: MARGIN,
      pins: (shown) => [mendedIn(shown, [SOFTMAX, CENTER], MARGIN) ?? mendedIn(shown, [SOFTMAX], MARGIN)],
    },
  },
  {
    title: 'The claim, in numbers',
    text: () =>
      'The letter claims that margin loss makes classes most separable: far apart for their size, which D2/D1 says. Asked whether two images show the same digit, softmax errs less by the angle between their points; margin by their distance, since it fills the plane and not the circle.',
    scene: { view: { scale: 'sameD2', showsRegions: false } },
    table: (shown) => [
      {
        name: 'D2/D1, here',
        values: [SOFTMAX, CENTER, MARGIN].map((run) => measureOf(shown, run, 'D2OverD1')),
      },
      { name: 'D2/D1, the letter’s Table II', values: LETTER_D2_OVER_D1.map((value) => value.toFixed(1)) },
      { name: 'Pairs decided wrongly, by distance', values: errorRates(shown, 'euclidean') },
      { name: 'Pairs decided wrongly, by angle', values: errorRates(shown, 'cosine') },
    ],
  },
  {
    title: 'Digits that training never saw',
    text: (shown) => {
      const rates = measured(shown, AUC, 4).map(Number);
      const best = ['softmax', 'center', 'margin'][rates.indexOf(Math.max(...rates))] ?? 'none';
      return `No network here was shown an 8 or a 9: the hollow points. Faces to be verified are such strangers, and each should stand far from all known centres. Here ${best} manages that best: to pack known digits tightly is not yet to make room for others.`;
    },
    scene: { view: { showsRegions: false }, recording: 'unseen' },
    table: (shown) => [
      {
        name: 'How often a stranger stands farther out than a known digit (AUC)',
        values: measured(shown, AUC, 2),
      },
      { name: 'Pairs of strangers decided wrongly', values: errorRates(shown, 'euclidean', 'unseen') },
    ],
  },
  {
    title: 'Now you',
    text: () =>
      'Switch the first panel from Softmax to Margin and see the star fold. Then press Train: from there on the runs are yours, and every slider acts at the next step.',
    scene: { panel: SOFTMAX },
    isDone: ({ experiment }) =>
      experiment.runs[0] !== undefined && presetLike(experiment.runs[0].objective)?.name === 'M',
  },
];

function nameAt({ labels, names }: Shown, row: number): string {
  return names[labels[row] as number] ?? '';
}

function article(name: string | undefined): string {
  return `${name !== undefined && /^[8aeiou]/i.test(name) ? 'an' : 'a'} ${name ?? ''}`;
}

function measureOf({ moments }: Shown, run: number, measure: string): string {
  return (moments[run]?.measures[measure] ?? Number.NaN).toFixed(1);
}
