/** What a run's scatter plot draws, from the page's state. */

import { type LinearScores, linearScores } from '../../measures/decision.ts';
import { coloursOf, type Theme } from '../../plots/palette.ts';
import {
  extentOfTour,
  isFirstPlane,
  type Plane,
  type PrincipalAxes,
  projected,
} from '../../plots/projection.ts';
import type { Scene } from '../../plots/scatter.ts';
import { spreadOnUnitCircle, toUnitCircle } from '../../plots/unit-circle.ts';
import type { Extent } from '../../plots/view.ts';
import { dimIn, type Moment } from '../../timeline/timeline.ts';
import { wrongPairs } from '../numbers/wrong-pairs.ts';
import { planeShown } from '../state/axes.ts';
import { chosenRows } from '../state/chosen.ts';
import type { Commands } from '../state/commands.ts';
import {
  dataSetShown,
  framesShown,
  heldOutShown,
  litClassShown,
  positionShown,
  rowsShown,
  ruleShown,
  samplesShown,
  stepShown,
} from '../state/selectors.ts';
import type { PlacedDrawings } from '../state/slices/digit.ts';
import { imagesShown } from '../state/slices/images.ts';
import { circlesShown } from './circles.ts';
import { arrowsOf } from './forces.ts';
import { createMemo } from './memo.ts';
import { pathsOf } from './paths.ts';

const PLANE = 2;
const NONE: readonly never[] = [];

/** Makes the scenes of one run: what has not changed is the identical object in the next one, so that little is drawn anew. */
export function createSceneOf(commands: Commands, run: number): (theme: Theme) => Scene | undefined {
  const placesOf = createMemo(placed);
  const scoresOf = createMemo(scored);
  const rowsOf = createMemo(rowsShown);
  const drawnPaths = createMemo(pathsOf);
  const drawnArrows = createMemo(arrowsOf);
  const starsOf = createMemo(starsIn);
  return (theme) => {
    const state = commands.store.getState();
    const moment = commands.moment(run);
    const samples = samplesShown(state);
    if (moment === undefined || samples === undefined) return undefined;
    if (moment.predictions.length !== samples.labels.length) return undefined;
    const dim = dimIn(moment);
    const axes = commands.axes(run);
    if (dim > PLANE && axes === undefined) return undefined;
    const plane = axes && planeShown(state, axes.count);
    const classes = moment.means.length / dim;
    const [hollow, litClass] = [heldOutShown(state), litClassShown(state)];
    const { pins, showsCircles, showsImages, marginsInFocus } = state;
    // In a projection there is no plane that a rule cuts, and no direction of its own.
    const [isUnitCircle, showsRegions, showsForces] = [
      state.showsUnitCircle,
      state.showsRegions,
      state.showsForces,
    ].map((isOn) => isOn && axes === undefined) as [boolean, boolean, boolean];
    const { points, means, centres, separation, extent } = placesOf(
      [moment, isUnitCircle, axes, plane],
      moment,
      isUnitCircle,
      axes,
      plane,
    );
    const rule = ruleShown(state, run);
    const frames = framesShown(state);
    const step = stepShown(state);
    const position = positionShown(state, run);
    const pinned = pins.length === 0 ? NONE : rowsOf([pins, samples], state, pins);
    return {
      points,
      labels: samples.labels,
      names: dataSetShown(state).classNames,
      colours: coloursOf(theme, classes, { hollow, litClass }),
      means,
      centres,
      // A margin is a length, and directions have none.
      circles: isUnitCircle || axes !== undefined ? NONE : circlesShown(state, run),
      showsAllCircles: showsCircles || marginsInFocus,
      scores: showsRegions ? scoresOf([moment, rule, isUnitCircle], moment, rule, isUnitCircle) : undefined,
      // Agents that rest say nothing of what is shown.
      agents: isUnitCircle && (rule === 'logits' || rule === 'cosine') ? moment.agents : undefined,
      isUnitCircle,
      separation,
      commonD2: state.scale === 'sameD2' && separation > 0 ? separation : undefined,
      pinned,
      paths:
        pinned.length === 0
          ? NONE
          : drawnPaths([frames, position, pinned, samples, step, points, isUnitCircle], {
              ...{ frames, position, rows: pinned, labels: samples.labels, step, points, isUnitCircle },
              dim,
              toPlane: (places) => drawnAt(places, axes, plane),
            }),
      images: imagesShown(state),
      showsImages,
      stars:
        axes === undefined
          ? starsOf([state.placedDrawings, isUnitCircle], state.placedDrawings, run, isUnitCircle)
          : NO_STARS,
      arrows: showsForces ? drawnArrows([state.forces[run], points], state.forces[run], points) : NONE,
      field: showsForces && !isUnitCircle ? state.forces[run]?.field : undefined,
      theme,
      litClass,
      highlight: state.highlight?.sample ?? -1,
      isInstant: state.at !== undefined || (axes !== undefined && (state.isTouring || state.isHoldingAxis)),
      extent,
      hollow,
      chosen: chosenRows(state, commands.moment(state.selectedRun)?.predictions),
      links: state.pairs ?? wrongPairs(state, run),
    };
  };
}

/** Where everything of a moment is drawn. */
function placed(
  moment: Moment,
  isUnitCircle: boolean,
  axes: PrincipalAxes | undefined,
  plane: Plane | undefined,
): {
  readonly points: Float32Array;
  readonly means: Float32Array;
  readonly centres: Float32Array;
  readonly separation: number;
  readonly extent?: Extent;
} {
  const { features, means, centres, measures } = moment;
  if (isUnitCircle)
    return {
      points: spreadOnUnitCircle(features),
      means: toUnitCircle(means),
      centres: toUnitCircle(centres),
      separation: 1,
    };
  return {
    points: drawnAt(features, axes, plane),
    means: drawnAt(means, axes, plane),
    centres: drawnAt(centres, axes, plane),
    separation: measures.D2 ?? Number.NaN,
    // While the plane turns, the scale must not.
    ...(axes === undefined || plane === undefined || isFirstPlane(plane)
      ? {}
      : { extent: extentOfTour(features, axes, plane) }),
  };
}

function drawnAt(
  places: Float32Array,
  axes: PrincipalAxes | undefined,
  plane: Plane | undefined,
): Float32Array {
  return axes === undefined || plane === undefined ? places : projected(places, axes, plane);
}

/** On the unit circle the nearest centre decides nothing: it goes by lengths, too. */
function scored(
  { agents, centres }: Moment,
  rule: Parameters<typeof linearScores>[0] | undefined,
  isUnitCircle: boolean,
): LinearScores | undefined {
  if (rule === undefined || (isUnitCircle && rule === 'nearest centre')) return undefined;
  return linearScores(rule, { agents, centres, dim: PLANE });
}

const NO_STARS = new Float32Array(0);

function starsIn(placed: PlacedDrawings | undefined, run: number, isUnitCircle: boolean): Float32Array {
  const own = placed?.runs[run];
  if (own === undefined) return NO_STARS;
  return isUnitCircle ? toUnitCircle(own) : own;
}
