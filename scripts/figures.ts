/** Figures of docs/ as SVG, light and dark: dots with their means over one axis, intervals about zero, and a grid of numbers. */

import { scaleLinear } from 'd3';
import { escaped, SVG } from '../src/plots/svg.ts';

export interface Series {
  readonly name: string;
  /** A run each. */
  readonly values: readonly number[];
  /** A number of others to compare with. */
  readonly reference?: number;
}

export interface Group {
  readonly label: string;
  readonly series: readonly Series[];
}

export interface DotsOptions {
  readonly title: string;
  /** What the axis counts. */
  readonly axis: string;
  /** Whose numbers the references are. */
  readonly references?: string;
}

const WIDTH = 720;
const LEFT = 190;
const RIGHT = 24;
const HEAD = 44;
const LINE = 18;
const GAP = 10;
const FOOT = 48;
/** Of Okabe and Ito (2008), which those with colour-blindness tell apart. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

/** Rows of groups, a line a series: a dot a run, a bar at the mean. */
export function dots(groups: readonly Group[], { title, axis, references }: DotsOptions): string {
  const names = [...new Set(groups.flatMap(({ series }) => series.map(({ name }) => name)))];
  const all = groups.flatMap(({ series }) =>
    series.flatMap(({ values, reference }) => [...values, ...(reference === undefined ? [] : [reference])]),
  );
  const x = axisOf(all.filter(Number.isFinite));
  let y = HEAD + (names.length > 1 || references !== undefined ? LINE : 0);
  const top = y;
  const marks: string[] = [];
  for (const { label, series } of groups) {
    const height = series.length * LINE;
    marks.push(text(LEFT - 12, y + height / 2 + 4, label, 'class="label"'));
    for (const { name, values, reference } of series) {
      const colour = COLOURS[names.indexOf(name) % COLOURS.length] ?? '';
      const middle = y + LINE / 2;
      for (const value of values.filter(Number.isFinite))
        marks.push(`<circle cx="${at(x(value))}" cy="${middle}" r="3.5" fill="${colour}" opacity="0.45"/>`);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      if (Number.isFinite(mean))
        marks.push(
          `<rect x="${at(x(mean) - 1.5)}" y="${middle - 8}" width="3" height="16" fill="${colour}"/>`,
        );
      if (reference !== undefined) marks.push(diamond(x(reference), middle));
      y += LINE;
    }
    y += GAP;
  }
  const legend = [
    ...(names.length > 1 ? names.map((name, i) => ({ name, mark: COLOURS[i % COLOURS.length] })) : []),
    ...(references === undefined ? [] : [{ name: references, mark: undefined }]),
  ];
  return svg(title, y + FOOT, [
    ...legend.map(({ name, mark }, i) => {
      const place = LEFT + i * 150;
      const sign =
        mark === undefined
          ? diamond(place + 5, HEAD)
          : `<rect x="${place}" y="${HEAD - 5}" width="10" height="10" fill="${mark}"/>`;
      return `${sign}${text(place + 16, HEAD + 4, name)}`;
    }),
    ...axisMarks(x, top, y, axis),
    ...marks,
  ]);
}

/** A claim, and how far its mean difference lies from zero in halves of its interval. */
export interface Claimed {
  readonly label: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: string;
}

const MOST_HALVES = 8;
const WIDE_LEFT = 500;
const WIDE = WIDTH + 240;
const VERDICTS: Readonly<Record<string, string>> = {
  holds: '#009e73',
  fails: '#d55e00',
  undecided: '#888888',
};

/** Differences of different units over one axis: each interval is two wide, and clear of zero where it does not reach it. */
export function intervals(claims: readonly Claimed[], title: string): string {
  const x = scaleLinear([-MOST_HALVES - 1, MOST_HALVES + 1], [WIDE_LEFT, WIDE - RIGHT]);
  const bottom = HEAD + claims.length * LINE;
  const marks = claims.flatMap(({ label, mean, low, high, verdict }, i) => {
    const y = HEAD + i * LINE + LINE / 2;
    const halves = mean / ((high - low) / 2);
    const place = Math.max(-MOST_HALVES, Math.min(MOST_HALVES, halves));
    const colour = VERDICTS[verdict] ?? '';
    return [
      text(WIDE_LEFT - 12, y + 4, label, 'class="label"'),
      `<rect x="${at(x(place - 1))}" y="${y - 1.5}" width="${at(x(1) - x(-1))}" height="3" fill="${colour}"/>`,
      `<circle cx="${at(x(place))}" cy="${y}" r="4.5" fill="${colour}"/>`,
      ...(place === halves ? [] : [text(x(place) + (halves > 0 ? 22 : -34), y + 4, '…')]),
    ];
  });
  return svg(
    title,
    bottom + FOOT,
    [
      `<line x1="${at(x(0))}" x2="${at(x(0))}" y1="${HEAD}" y2="${bottom}" class="zero"/>`,
      text(x(0), bottom + 18, '0', 'class="tick"'),
      text((x(0) + WIDE - RIGHT) / 2, bottom + 18, 'as claimed →', 'class="tick"'),
      text((x(0) + WIDE_LEFT) / 2, bottom + 18, '← against it', 'class="tick"'),
      text(
        x(0),
        bottom + 38,
        'mean difference; its 95 % interval is drawn equally wide for all',
        'class="tick"',
      ),
      ...marks,
    ],
    WIDE,
  );
}

export interface GridOptions {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** [rows][columns], 0 to 1. */
  readonly values: readonly (readonly number[])[];
}

const CELL = { width: 110, height: 44 };

/** Shares as a grid, lighter where they are larger. */
export function grid({ title, columns, rows, values }: GridOptions): string {
  const left = 90;
  const top = HEAD + LINE;
  const cells = values.flatMap((row, r) =>
    row.map((value, c) => {
      const [x, y] = [left + c * CELL.width, top + r * CELL.height];
      const ink = value > 0.55 ? '#102030' : '#ffffff';
      return `<rect x="${x}" y="${y}" width="${CELL.width - 3}" height="${CELL.height - 3}" rx="4" fill="${shade(value)}"/>${text(x + CELL.width / 2, y + CELL.height / 2 + 4, value.toFixed(3), `text-anchor="middle" style="fill:${ink}"`)}`;
    }),
  );
  return svg(
    title,
    top + rows.length * CELL.height + 20,
    [
      ...columns.map((name, c) => text(left + (c + 0.5) * CELL.width, top - 8, name, 'class="tick"')),
      ...rows.map((name, r) => text(left - 12, top + (r + 0.5) * CELL.height + 4, name, 'class="label"')),
      ...cells,
    ],
    Math.max(left + columns.length * CELL.width + 20, 480),
  );
}

/** From dark blue at 0 to light yellow at 1. */
function shade(value: number): string {
  const [low, high] = [
    [35, 45, 95],
    [250, 215, 110],
  ] as const;
  return `rgb(${low.map((from, i) => Math.round(from + value * ((high[i] ?? 0) - from))).join(', ')})`;
}

function axisOf(values: readonly number[]) {
  const [least, most] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  return scaleLinear([least, most], [LEFT, WIDTH - RIGHT]).nice(6);
}

function axisMarks(x: ReturnType<typeof axisOf>, top: number, bottom: number, title: string): string[] {
  const format = x.tickFormat(6);
  return [
    ...x
      .ticks(6)
      .flatMap((tick) => [
        `<line x1="${at(x(tick))}" x2="${at(x(tick))}" y1="${top}" y2="${bottom}" class="grid"/>`,
        text(x(tick), bottom + 16, format(tick), 'class="tick"'),
      ]),
    text((LEFT + WIDTH - RIGHT) / 2, bottom + 36, title, 'class="tick"'),
  ];
}

function diamond(x: number, y: number): string {
  const [left, right] = [at(x - 5), at(x + 5)];
  return `<path d="M${left} ${y}L${at(x)} ${y - 5}L${right} ${y}L${at(x)} ${y + 5}Z" class="reference"/>`;
}

const at = (value: number) => String(Math.round(value * 10) / 10);

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${at(x)}" y="${at(y)}" ${attributes}>${escaped(content)}</text>`;
}

function svg(title: string, height: number, marks: readonly string[], width = WIDTH): string {
  return `<svg xmlns="${SVG}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>
  svg { background: #ffffff; }
  text { fill: #1d2530; font: 13px system-ui, sans-serif; }
  .title { font-weight: 600; font-size: 15px; }
  .label { text-anchor: end; }
  .tick { text-anchor: middle; fill: #5a6573; font-size: 12px; }
  .grid { stroke: #e3e7ec; }
  .zero { stroke: #5a6573; }
  .reference { fill: none; stroke: #1d2530; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    svg { background: #12161c; }
    text { fill: #e6eaf0; }
    .tick { fill: #9aa6b4; }
    .grid { stroke: #2a323c; }
    .reference { stroke: #e6eaf0; }
  }
</style>
${text(16, 24, title, 'class="title"')}
${marks.join('\n')}
</svg>
`;
}
