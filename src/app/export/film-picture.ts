/** One picture of a film: the panels at a moment, by the marks that the page draws, the step below them. In a worker. */

import { circlesOf } from '../../losses/objective.ts';
import { SLOTS } from '../../losses/term.ts';
import { linearScores } from '../../measures/decision.ts';
import type { Frame as PlotFrame } from '../../plots/mark.ts';
import { bare, type Channels, MARKS } from '../../plots/marks.ts';
import { paintShapes } from '../../plots/paint-shapes.ts';
import { FONT, GROUND, INK, LINE, QUIET, rgbOf } from '../../plots/palette.ts';
import { projected } from '../../plots/projection.ts';
import { clearPixels } from '../../plots/raster.ts';
import { type Extent, extentOf, viewOf } from '../../plots/view.ts';
import { type Moment, momentBetween, neighbours } from '../../timeline/timeline.ts';
import { type FilmPanel, type FilmPlan, filmSize, LAYOUT, learntAt } from './film-plan.ts';

const DIM = 2;
const { gap, head, foot } = LAYOUT;

/** Draws the film's picture at a step into the canvas, which has the film's size. */
export function drawPicture(context: OffscreenCanvasRenderingContext2D, plan: FilmPlan, step: number): void {
  const { theme, size, panels } = plan;
  const { columns, width, height } = filmSize(plan);
  context.fillStyle = GROUND[theme];
  context.fillRect(0, 0, width, height);
  const moments = panels.map((panel) => momentAt(plan, panel, step));
  const extents = scaled(plan, moments);
  for (const [i, panel] of panels.entries()) {
    const [x, y] = [gap + (i % columns) * (size + gap), Math.floor(i / columns) * (size + head)];
    write(context, panel.title, x, y + 20, { font: `600 14px ${FONT}`, fill: INK[theme] });
    const [moment, extent] = [moments[i], extents[i]];
    if (moment === undefined || extent === undefined) continue;
    const view = viewOf(extent, size, size);
    drawPanel(context, channelsOf(plan, panel, moment, step), { view, width: size, height: size, theme }, [
      x,
      y + head,
    ]);
    context.strokeStyle = LINE[theme];
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + head + 0.5, size - 1, size - 1);
  }
  drawFoot(context, plan, step, height - foot);
}

function drawPanel(
  context: OffscreenCanvasRenderingContext2D,
  channels: Channels,
  frame: PlotFrame,
  [x, y]: readonly [x: number, y: number],
): void {
  const { width, height } = frame;
  const image = context.createImageData(width, height);
  clearPixels(image.data, rgbOf(GROUND[frame.theme]));
  const raster = { data: image.data, width, height, ratio: 1 };
  for (const mark of MARKS) mark.rasterise?.(channels, frame, raster);
  context.putImageData(image, x, y);
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.translate(x, y);
  for (const mark of MARKS) {
    if (mark.rasterise === undefined) paintShapes(context, mark.render(channels, frame), mark.group);
  }
  context.restore();
}

/** The timeline with its marks, the step, and what changed last. */
function drawFoot(
  context: OffscreenCanvasRenderingContext2D,
  plan: FilmPlan,
  step: number,
  top: number,
): void {
  const { theme, frames, events } = plan;
  const { width } = filmSize(plan);
  const [first, last] = [frames[0]?.step ?? 0, frames.at(-1)?.step ?? 1];
  const placeOf = (at: number) => gap + ((at - first) / (last - first)) * (width - 2 * gap);
  context.fillStyle = LINE[theme];
  context.fillRect(gap, top + 8, width - 2 * gap, 2);
  context.fillStyle = INK[theme];
  context.fillRect(gap, top + 8, placeOf(step) - gap, 2);
  for (const event of events) {
    if (event.step < first || event.step > last) continue;
    context.fillStyle = QUIET[theme];
    context.fillRect(placeOf(event.step) - 1, top + 4, 2, 10);
  }
  write(context, `Step ${Math.round(step)}`, gap, top + 27, { font: `600 12px ${FONT}`, fill: INK[theme] });
  const changed = events.findLast((event) => event.step <= step);
  if (changed === undefined) return;
  write(context, `${changed.label}, from step ${changed.step}`, gap + 84, top + 27, {
    ...{ font: `12px ${FONT}`, fill: QUIET[theme] },
    width: width - 2 * gap - 84,
  });
}

function write(
  context: OffscreenCanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  { font, fill, width }: { readonly font: string; readonly fill: string; readonly width?: number },
): void {
  context.font = font;
  context.fillStyle = fill;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(text, x, y, width);
}

function momentAt(
  { frames }: FilmPlan,
  { position, projection }: FilmPanel,
  step: number,
): Moment | undefined {
  const { before, after, t } = neighbours(frames, step);
  const [from, to] = [before?.runs[position], after?.runs[position]];
  if (from === undefined) return undefined;
  const moment = momentBetween(from, to ?? from, t);
  if (projection === undefined) return moment;
  const drawn = (places: Float32Array) => projected(places, projection.axes, projection.plane);
  return {
    ...moment,
    features: drawn(moment.features),
    means: drawn(moment.means),
    centres: drawn(moment.centres),
  };
}

function channelsOf(
  { labels, names, colours, hollow, showsRegions, showsCircles }: FilmPlan,
  { schedule, projection }: FilmPanel,
  { features: points, means, centres, agents }: Moment,
  step: number,
): Channels {
  const learnt = learntAt(schedule, step);
  const { objective, rule } = learnt ?? {};
  return {
    ...bare({ points, labels, names, colours, means, centres }),
    hollow,
    scores:
      showsRegions && rule !== undefined && projection === undefined
        ? linearScores(rule, { agents, centres, dim: DIM })
        : undefined,
    circles:
      objective === undefined || projection !== undefined
        ? []
        : SLOTS.filter((slot) => objective[slot].weight > 0).flatMap((slot) => circlesOf(objective[slot])),
    showsAllCircles: showsCircles,
  };
}

/** The part of feature space that each panel shows: its own points, or at the common scale. */
function scaled({ scale }: FilmPlan, moments: readonly (Moment | undefined)[]): (Extent | undefined)[] {
  const extents = moments.map((moment) => {
    if (moment === undefined) return undefined;
    const anchors = new Float32Array([...moment.means, ...moment.centres]);
    return {
      extent: extentOf(moment.features, anchors),
      unit: scale === 'sameD2' ? (moment.measures.D2 ?? 1) : 1,
    };
  });
  if (scale === 'fit') return extents.map((each) => each?.extent);
  const radius = Math.max(...extents.flatMap((each) => (each ? [each.extent.radius / each.unit] : [])));
  return extents.map((each) => each && { ...each.extent, radius: radius * each.unit });
}
