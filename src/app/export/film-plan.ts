/** What a film shows, as plain data that goes to the worker which makes it. */

import { decisionRuleOf, type Objective } from '../../losses/objective.ts';
import { objectiveAt, type Schedule } from '../../losses/schedule.ts';
import type { DecisionRule } from '../../losses/term.ts';
import type { Scale } from '../../plots/group.ts';
import { coloursOf, type Theme } from '../../plots/palette.ts';
import type { Plane, PrincipalAxes } from '../../plots/projection.ts';
import type { Frame } from '../../timeline/timeline.ts';
import { planeShown } from '../state/axes.ts';
import type { Commands } from '../state/commands.ts';
import { eventsShown } from '../state/events.ts';
import {
  dataSetShown,
  framesShown,
  heldOutShown,
  positionShown,
  samplesShown,
  scheduleShown,
} from '../state/selectors.ts';

export const FILM_FORMATS = ['gif', 'webm', 'mp4'] as const;
export type FilmFormat = (typeof FILM_FORMATS)[number];

export const FORMAT_TITLES: Readonly<Record<FilmFormat, string>> = { gif: 'GIF', webm: 'WebM', mp4: 'MP4' };

export interface FilmPanel {
  readonly title: string;
  /** Position of the run in the frames. */
  readonly position: number;
  readonly schedule: Schedule;
  /** Of features of more than two dimensions: where they are drawn. */
  readonly projection?: { readonly axes: PrincipalAxes; readonly plane: Plane } | undefined;
}

export interface FilmPlan {
  readonly panels: readonly FilmPanel[];
  readonly frames: readonly Frame[];
  /** [count]. */
  readonly labels: Uint8Array;
  readonly names: readonly string[];
  readonly colours: readonly string[];
  readonly hollow: readonly number[];
  /** What changed, and when. */
  readonly events: readonly { readonly step: number; readonly label: string }[];
  readonly theme: Theme;
  readonly scale: Scale;
  readonly showsRegions: boolean;
  readonly showsCircles: boolean;
  /** Of a panel, in pixels. */
  readonly size: number;
  /** From the first frame to the last; the last one stands for a while. */
  readonly seconds: number;
  readonly framesPerSecond: number;
}

export interface FilmOptions extends Pick<FilmPlan, 'theme' | 'size' | 'seconds' | 'framesPerSecond'> {
  /** Positions of the panels that are taken. */
  readonly runs: readonly number[];
}

/** So long the last picture stands, in seconds. */
export const STILL = 1.5;
const GAP = 10;
const HEAD = 30;
const FOOT = 34;

/** Undefined where there is no past to be shown. */
export function filmPlan(commands: Commands, { runs, ...options }: FilmOptions): FilmPlan | undefined {
  const state = commands.store.getState();
  const frames = framesShown(state);
  const labels = samplesShown(state)?.labels;
  if (labels === undefined || frames.length < 2 || runs.length === 0) return undefined;
  const { scale, showsRegions, showsCircles, experiment } = state;
  const hollow = heldOutShown(state);
  const { classNames: names } = dataSetShown(state);
  return {
    ...options,
    ...{ frames, labels, names, scale, showsRegions, showsCircles },
    panels: runs.map((run) => {
      const axes = commands.axes(run);
      return {
        title: experiment.runs[run]?.title ?? '',
        position: positionShown(state, run),
        schedule: scheduleShown(state, run) ?? [],
        projection: axes && { axes, plane: planeShown(state, axes.count) },
      };
    }),
    colours: coloursOf(options.theme, names.length, { hollow }),
    hollow,
    events: eventsShown(state).map(({ step, label }) => ({ step, label })),
  };
}

/** Of a picture, in pixels: even, as video codecs ask for. */
export function filmSize({ panels, size }: { readonly panels: readonly unknown[]; readonly size: number }) {
  const columns = panels.length === 4 ? 2 : panels.length;
  const rows = Math.ceil(panels.length / columns);
  const even = (length: number) => 2 * Math.ceil(length / 2);
  return {
    columns,
    width: even(columns * size + (columns + 1) * GAP),
    height: even(rows * (size + HEAD) + FOOT),
  };
}

export const LAYOUT = { gap: GAP, head: HEAD, foot: FOOT };

/** Bytes a pixel and picture, as films of the recorded run have: what is said before one is made. */
const DENSITY: Readonly<Record<FilmFormat, number>> = { gif: 0.12, webm: 0.018, mp4: 0.024 };

/** About how large a film will be, in bytes. */
export function likelyBytes(
  plan: Parameters<typeof filmSize>[0] & Parameters<typeof pictureCount>[0],
  format: FilmFormat,
) {
  const { width, height } = filmSize(plan);
  return width * height * pictureCount(plan) * DENSITY[format];
}

export function pictureCount({ seconds, framesPerSecond }: Pick<FilmPlan, 'seconds' | 'framesPerSecond'>) {
  return Math.max(2, Math.round(seconds * framesPerSecond));
}

/** What a run learnt by before a step, and how it decided there. */
export function learntAt(
  schedule: Schedule,
  step: number,
): { readonly objective: Objective; readonly rule: DecisionRule } | undefined {
  if (schedule.length === 0) return undefined;
  const objective = objectiveAt(schedule, Math.max(0, step - 1));
  return { objective, rule: decisionRuleOf(objective) };
}
