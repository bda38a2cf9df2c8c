import { describe, expect, it } from 'vitest';
import { linearScores } from '../measures/decision.ts';
import { figureSvg } from './figure.ts';
import type { Frame, Mark, Raster } from './mark.ts';
import { axes } from './marks/axes.ts';
import { centres } from './marks/centres.ts';
import { circles } from './marks/circles.ts';
import { classNames } from './marks/class-names.ts';
import { forces } from './marks/forces.ts';
import { links } from './marks/links.ts';
import { lit } from './marks/lit.ts';
import { points } from './marks/points.ts';
import { type Channels, MARKS } from './marks.ts';
import { classColours, GENUINE, GROUND, IMPOSTOR, INK, rgbOf } from './palette.ts';
import { clearPixels } from './raster.ts';
import { markText } from './svg.ts';

/** Ten pixels a feature unit, the origin at (50, 40). */
const frame: Frame = { view: { scale: 10, left: 50, top: 40 }, width: 100, height: 80, theme: 'light' };
const colours = classColours('light', 3);

/** Three classes, of which the last has no centre; four samples. */
const channels: Channels = {
  points: Float32Array.from([0, 0, 1, 1, -2, 0.5, 3, -3]),
  labels: Uint8Array.from([0, 1, 2, 0]),
  colours,
  hollow: [],
  chosen: undefined,
  names: ['cat', '<dog>', 'ox'],
  means: Float32Array.from([0, 0, 1, 1, -2, 0.5]),
  centres: Float32Array.from([0, 0, 1, 1, Number.NaN, Number.NaN]),
  circles: [],
  showsAllCircles: true,
  scores: undefined,
  agents: undefined,
  isUnitCircle: false,
  pinned: [],
  paths: [],
  arrows: [],
  commonD2: undefined,
  stars: new Float32Array(0),
  images: undefined,
  showsImages: false,
  field: undefined,
  links: undefined,
  litClass: undefined,
  highlight: -1,
};

/** Something for every mark to draw. */
const full: Channels = {
  ...channels,
  hollow: [2],
  chosen: Uint8Array.from([1, 0, 0, 0]),
  circles: [
    { radius: 1, kind: 'inside' },
    { radius: 2, kind: 'outside' },
  ],
  showsAllCircles: false,
  litClass: 1,
  scores: linearScores('nearest centre', { centres: channels.centres, dim: 2 }),
  agents: Float32Array.from([1, 0, -1, 0, 2, 1]),
  isUnitCircle: true,
  commonD2: 2,
  stars: Float32Array.from([0, 0, 90, 0]),
  links: [{ kind: 'refused', first: Uint32Array.from([0]), second: Uint32Array.from([3]) }],
  highlight: 1,
  pinned: [2, -1, 0],
  images: { pixels: new Uint8Array(4 * 9).fill(255), side: 3 },
  showsImages: true,
  arrows: [
    { x: 1, y: 1, forceX: 2, forceY: 0, name: 'softmax', isSum: false },
    { x: 1, y: 1, forceX: 1, forceY: -1, name: 'sum', isSum: true },
  ],
  field: {
    label: 2,
    places: Float32Array.from([0, 0, 2, 0]),
    forces: Float32Array.from([0, 4, 1, 0]),
    spacing: 2,
  },
  paths: [
    { label: 1, places: Float32Array.from([0, 0, 1, 1, 2, 1, 3, -3]), changes: [{ moment: 2, to: 0 }] },
  ],
};

const drawn = <C>(mark: Mark<C>, own: C) => mark.render(own, frame).map(({ attributes }) => attributes);

describe('points', () => {
  it('are a dot a sample in its class’s colour, in the samples’ order', () => {
    expect(drawn(points, channels)).toEqual([
      { d: 'M50 40h0', stroke: colours[0] },
      { d: 'M60 30h0', stroke: colours[1] },
      { d: 'M30 35h0', stroke: colours[2] },
      { d: 'M80 70h0', stroke: colours[0] },
    ]);
  });

  it('are rings where the class is held out', () => {
    const shapes = points.render({ ...channels, hollow: [1] }, frame);
    expect(shapes.map(({ tag }) => tag)).toEqual(['path', 'circle', 'path', 'path']);
    expect(shapes[1]?.attributes).toMatchObject({ cx: 60, cy: 30, stroke: colours[1] });
  });

  const faint = (own: Partial<Channels>) =>
    drawn(points, { ...channels, ...own }).map((attributes) => attributes['stroke-opacity'] === 0.1);

  it('are faint but for the lit class and the chosen samples', () => {
    expect(faint({})).toEqual([false, false, false, false]);
    expect(faint({ litClass: 0 })).toEqual([false, true, true, false]);
    expect(faint({ chosen: Uint8Array.from([0, 1, 0, 1]) })).toEqual([true, false, true, false]);
    expect(faint({ litClass: 0, chosen: Uint8Array.from([0, 1, 0, 1]) })).toEqual([true, true, true, false]);
  });

  it('are left out where they are not finite or out of the frame', () => {
    const places = Float32Array.from([Number.NaN, 0, 1e9, 0, -2, 0.5, 0, Number.NEGATIVE_INFINITY]);
    expect(drawn(points, { ...channels, points: places })).toHaveLength(1);
  });

  it('are the same in pixels as in shapes: colour, ring, faintness', () => {
    const pixel = (own: Partial<Channels>, x: number, y: number) => {
      const raster: Raster = { data: new Uint8ClampedArray(100 * 80 * 4), width: 100, height: 80, ratio: 1 };
      clearPixels(raster.data, rgbOf(GROUND.light));
      points.rasterise?.({ ...channels, ...own }, frame, raster);
      return Array.from(raster.data.subarray((y * 100 + x) * 4, (y * 100 + x) * 4 + 3));
    };
    const mixed = (opacity: number) =>
      rgbOf(colours[1] ?? '').map((byte) => Math.round(255 - (255 - byte) * opacity));
    const near = (a: number[], b: number[]) =>
      a.forEach((byte, k) => {
        expect(Math.abs(byte - (b[k] ?? 0))).toBeLessThan(3);
      });
    near(pixel({}, 60, 30), mixed(0.72));
    near(pixel({ litClass: 0 }, 60, 30), mixed(0.1));
    near(pixel({ chosen: Uint8Array.from([1, 0, 0, 0]) }, 60, 30), mixed(0.1));
    // A ring has nothing in its middle.
    near(pixel({ hollow: [1] }, 60, 30), [255, 255, 255]);
  });
});

describe('links', () => {
  it('join the samples of each pair where these are drawn, in the colour of their kind', () => {
    const kinds = [
      { kind: 'refused' as const, first: Uint32Array.from([0, 1]), second: Uint32Array.from([1, 2]) },
      { kind: 'accepted' as const, first: Uint32Array.from([3]), second: Uint32Array.from([0]) },
    ];
    expect(drawn(links, { ...channels, links: kinds })).toMatchObject([
      { class: 'links refused', d: 'M50,40L60,30M60,30L30,35', stroke: GENUINE.light, fill: 'none' },
      { class: 'links accepted', d: 'M80,70L50,40', stroke: IMPOSTOR.light },
    ]);
  });

  it('are none where none are asked for', () => expect(drawn(links, channels)).toEqual([]));
});

describe('what stands once for a class', () => {
  const both = [
    { radius: 0.5, kind: 'inside' as const },
    { radius: 2, kind: 'outside' as const },
  ];

  it('has circles round each centre, in feature units; the outer one is dashed', () => {
    expect(drawn(circles, { ...channels, circles: both })).toMatchObject([
      { class: 'margin margin-inside', cx: 50, cy: 40, r: 5, stroke: colours[0] },
      { class: 'margin margin-outside', cx: 50, cy: 40, r: 20, 'stroke-dasharray': '5 5' },
      { class: 'margin margin-inside', cx: 60, cy: 30, r: 5, stroke: colours[1] },
      { class: 'margin margin-outside', cx: 60, cy: 30, r: 20 },
    ]);
  });

  it('has a cross at each centre, and none where there is no centre', () => {
    expect(drawn(centres, channels)).toMatchObject([
      { class: 'centre', d: 'M45,40h10M50,35v10', stroke: INK.light },
      { class: 'centre', d: 'M55,30h10M60,25v10' },
    ]);
  });

  it('has the class’s name at its mean', () => {
    const shapes = classNames.render(channels, frame);
    expect(shapes.map(({ text }) => text)).toEqual(['cat', '<dog>', 'ox']);
    expect(shapes[2]?.attributes).toMatchObject({ class: 'digit', x: 30, y: 35, fill: INK.light });
    expect(markText(classNames, channels, frame)).toContain('>&lt;dog&gt;</text>');
  });

  it.each([centres, circles, classNames] as Mark<Channels>[])(
    'stands back where another class is lit',
    (mark) => {
      const opacities = drawn(mark, { ...channels, circles: both, litClass: 1 }).map(
        ({ cx, x, d, opacity }) => [cx ?? x ?? Number(/v10$/.test(String(d))), opacity],
      );
      expect(new Set(opacities.map(([, opacity]) => opacity))).toEqual(new Set([0.15, 1]));
    },
  );
});

describe('the lit sample', () => {
  it('has a ring where it is drawn', () => {
    expect(drawn(lit, { ...channels, highlight: 2 })).toMatchObject([{ class: 'lit', cx: 30, cy: 35, r: 7 }]);
  });

  it('is none where none is lit', () => expect(drawn(lit, channels)).toEqual([]));
});

describe('axes', () => {
  it('have a line and a label a tick, along the left and the lower edge', () => {
    const shapes = axes.render({}, frame);
    expect(shapes.filter(({ tag }) => tag === 'text').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['0', '2', '−2']),
    );
    expect(shapes.filter(({ attributes }) => attributes.d === 'M50,80v-4')).toHaveLength(1);
    expect(shapes.filter(({ attributes }) => attributes.d === 'M0,40h4')).toHaveLength(1);
  });
});

describe('a figure', () => {
  const svg = figureSvg({ channels: full, frame }, { title: 'A & B', caption: 'Step 3' });

  it('shows every mark, from bottom to top', () => {
    const at = MARKS.map(({ name }) => svg.indexOf(`<g class="${name}"`));
    expect(at.every((place) => place > 0)).toBe(true);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    for (const mark of MARKS) expect(svg).toContain(markText(mark, full, frame));
  });

  it('needs no style sheet, and says what it is', () => {
    expect(svg).not.toContain('var(');
    expect(svg).not.toContain('undefined');
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('<title>A &amp; B</title><desc>Step 3</desc>');
  });
});

describe('every mark', () => {
  /** Channels as read by render: what it reads without declaring it would stay old on the page. */
  const read = (mark: Mark<Channels>, own: Channels) => {
    const names = new Set<string | symbol>();
    mark.render(
      new Proxy(own, {
        get(target, name) {
          names.add(name);
          return Reflect.get(target, name);
        },
      }),
      frame,
    );
    return [...names].sort();
  };

  it.each(MARKS)('$name reads the channels that it declares, and no others', (mark) => {
    expect(read(mark, full)).toEqual([...mark.channels].sort());
  });

  it.each(MARKS.filter(({ key }) => key !== undefined))(
    '$name says what its signs are while there are any',
    (mark) => {
      const entries = mark.key?.(full, 'dark') ?? [];
      expect(entries.length).toBeGreaterThan(0);
      for (const { sign, text } of entries) {
        expect(sign.length).toBeGreaterThan(0);
        expect(text).toMatch(/^[a-z]/);
      }
    },
  );

  it('where nothing but points is there, the key says no more', () => {
    const none = new Float32Array(6).fill(Number.NaN);
    const bare: Channels = { ...channels, means: none, centres: none };
    const said = MARKS.flatMap((mark) => mark.key?.(bare, 'light') ?? []);
    expect(said.map(({ text }) => text)).toEqual(['test sample']);
  });
});

describe('forces', () => {
  it('have their names beside the tips, inside the plot', () => {
    const arrow = (x: number, forceX: number) => ({
      x,
      y: 1,
      forceX,
      forceY: 0,
      name: 'softmax',
      isSum: false,
    });
    const place = (x: number, forceX: number) =>
      drawn(forces, { arrows: [arrow(x, forceX)] }).find((attributes) => attributes.class === 'force-name');
    // Sixty-four pixels to the right from x = −4, where ten are a unit: there is no room for a name behind the tip.
    expect(place(-4, 1)).toMatchObject({ 'text-anchor': 'end', y: 23 });
    expect(place(4, -1)).toMatchObject({ 'text-anchor': 'start', y: 23 });
    const wide = forces.render({ arrows: [arrow(0, 1)] }, { ...frame, width: 400 });
    expect(wide.at(-1)?.attributes).toMatchObject({ 'text-anchor': 'start', x: 122 });
  });

  it('of no length are not drawn, and no number is none', () => {
    const arrows = [0, Number.NaN].map((forceX) => ({
      x: 0,
      y: 0,
      forceX,
      forceY: 0,
      name: '',
      isSum: false,
    }));
    expect(forces.render({ arrows }, frame)).toEqual([]);
  });
});
