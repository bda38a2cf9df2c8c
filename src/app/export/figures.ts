/** The figures that can be taken away, a record each: what it is called, whether it can be made now, how it is made. */

import { select } from 'd3';
import { METRIC_TEXTS } from '../../measures/pairs.ts';
import { rocOf } from '../../measures/roc.ts';
import { confusionFigure } from '../../plots/confusion.ts';
import { drawCurves } from '../../plots/curves.ts';
import { inFrame } from '../../plots/figure.ts';
import { drawHistogram } from '../../plots/histogram.ts';
import type { Theme } from '../../plots/palette.ts';
import { type Figure, panelsFigure } from '../../plots/panels-figure.ts';
import { drawRoc, type RocCurve } from '../../plots/roc.ts';
import { measureCharts } from '../numbers/charts.ts';
import { curvesScene } from '../numbers/curves-scene.ts';
import { termChartsOf, termsShown } from '../numbers/term-charts.ts';
import { pairsShown, thresholdOf } from '../numbers/wrong-pairs.ts';
import type { Commands } from '../state/commands.ts';
import { dataSetShown } from '../state/selectors.ts';
import { chartCaption, panelsCaption } from './caption.ts';
import { standalone } from './standalone.ts';

export interface FigureKind {
  readonly id: string;
  readonly title: string;
  /** Undefined where there is nothing of it yet. */
  readonly make: (commands: Commands, options: FigureOptions) => Figure | undefined;
}

export interface FigureOptions {
  readonly theme: Theme;
  /** Positions of the panels that are taken. */
  readonly runs: readonly number[];
}

/** Of a panel, in CSS pixels. */
const PANEL = 340;
const CHART = { width: 560, height: 300 };

const panels: FigureKind = {
  id: 'panels',
  title: 'Panels',
  make(commands, { theme, runs }) {
    const { experiment } = commands.store.getState();
    const shown = runs.flatMap((run) => {
      const picture = commands.plots.pictureOf(run);
      return picture === undefined ? [] : [{ run, picture: inFrame(picture, PANEL, theme) }];
    });
    if (shown.length === 0) return undefined;
    return panelsFigure(
      shown.map(({ run, picture }) => ({ title: experiment.runs[run]?.title ?? '', picture })),
      panelsCaption(
        commands,
        shown.map(({ run }) => run),
      ),
    );
  },
};

const roc: FigureKind = {
  id: 'roc',
  title: 'ROC',
  make(commands, { theme, runs }) {
    const state = commands.store.getState();
    const { metric } = state;
    const part = pairsShown(state);
    const curves = runs.flatMap((run): RocCurve[] => {
      const scores = state.evaluations[run]?.[part]?.scores[metric];
      if (scores === undefined) return [];
      const { far, tar } = rocOf(scores);
      return [{ name: titleOf(commands, run), className: `run-${run}`, far, tar }];
    });
    if (curves.length === 0) return undefined;
    return standalone(
      {
        ...{ title: `ROC by ${METRIC_TEXTS[metric].title.toLowerCase()}`, className: 'roc', ...CHART },
        caption: chartCaption(
          commands,
          `True and false acceptance rate of pairs of test samples${part === 'unseen' ? ' of classes that training never saw' : ''}.`,
        ),
        lines: linesOf(curves),
        draw: (svg, width, height) => drawRoc(svg, curves, width, height),
      },
      theme,
    );
  },
};

const distances: FigureKind = {
  id: 'distances',
  title: 'Distances of pairs',
  make(commands, { theme }) {
    const state = commands.store.getState();
    const { evaluations, selectedRun, metric, threshold } = state;
    const part = pairsShown(state);
    const evaluation = evaluations[selectedRun];
    const scores = evaluation?.[part]?.scores[metric];
    if (scores === undefined) return undefined;
    const at = thresholdOf(evaluation, metric, threshold, part) ?? 0;
    return standalone(
      {
        title: `${titleOf(commands, selectedRun)}: distances of pairs, ${METRIC_TEXTS[metric].title.toLowerCase()}`,
        caption: chartCaption(commands, `Threshold ${at.toPrecision(3)}.`),
        lines: [
          { name: 'genuine', className: 'kind-genuine' },
          { name: 'impostor', className: 'kind-impostor' },
        ],
        ...{ className: 'histogram', ...CHART },
        draw: (svg, width, height) => drawHistogram(svg, { ...scores, threshold: at }, width, height),
      },
      theme,
    );
  },
};

const confusion: FigureKind = {
  id: 'confusion',
  title: 'Confusions',
  make(commands, { theme }) {
    const state = commands.store.getState();
    const counts = state.evaluations[state.selectedRun]?.confusion;
    if (counts === undefined) return undefined;
    const { classNames, word } = dataSetShown(state);
    return confusionFigure(counts, classNames, {
      ...{ title: `${titleOf(commands, state.selectedRun)}: confusions`, theme },
      caption: chartCaption(commands, `True ${word.one} down, predicted across.`),
    });
  },
};

/** In the order of the menu; a curve for each chart of the page. */
export function figureKinds(commands: Commands): readonly FigureKind[] {
  const terms = termsShown(commands.store.getState()).split('\n');
  const curves = [...measureCharts(), ...termChartsOf(terms)].map(
    (chart): FigureKind => ({
      id: `curve-${chart.value}`,
      title: `Curve: ${chart.title}`,
      make(own, { theme, runs }) {
        const scene = curvesScene(own, chart);
        const shown = { ...scene, curves: scene.curves.filter((_, run) => runs.includes(run)) };
        return standalone(
          {
            ...{ title: `${chart.title} over steps`, className: 'chart', ...CHART },
            caption: chartCaption(own, chart.help),
            lines: linesOf(shown.curves),
            draw: (svg, width, height) => {
              drawCurves(select(svg), shown, width, height);
            },
          },
          theme,
        );
      },
    }),
  );
  return [panels, ...curves, roc, distances, confusion];
}

const linesOf = (curves: readonly { readonly name: string; readonly className: string }[]) =>
  curves.map(({ name, className }) => ({ name, className: `curve ${className}` }));

function titleOf(commands: Commands, run: number): string {
  return commands.store.getState().experiment.runs[run]?.title ?? '';
}
