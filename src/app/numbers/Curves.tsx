/** Loss terms, accuracy and distances of all runs over steps; press or drag a chart to move through time. */

import { useEffect, useRef } from 'react';
import { CurvePlot } from '../../plots/curves.ts';
import { Hint } from '../parts/Hint.tsx';
import { useRoving } from '../parts/roving.ts';
import type { Commands } from '../state/commands.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { stepShown } from '../state/selectors.ts';
import { type Chart, measureCharts } from './charts.ts';
import { curvesScene } from './curves-scene.ts';
import { termChartsOf, termsShown } from './term-charts.ts';
import './Curves.css';

const MEASURE_CHARTS = measureCharts();

/** Curves are redrawn at most so often; the cursor follows at once. */
const REDRAW_MS = 250;

export function Curves() {
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  const terms = usePageState(termsShown).split('\n');
  const roving = useRoving<HTMLDivElement>();
  const charts = [...MEASURE_CHARTS, ...termChartsOf(terms)];
  return (
    <section className="curves surface" aria-label="Curves">
      <ul className="keys" aria-label="Runs">
        {titles.split('\n').map((title, run) => (
          <li key={title} className={`key run-${run}`}>
            {title}
          </li>
        ))}
      </ul>
      <div className="charts" {...roving}>
        {charts.map((chart) => (
          <ChartFigure key={chart.value} chart={chart} />
        ))}
      </div>
    </section>
  );
}

function ChartFigure({ chart }: { readonly chart: Chart }) {
  const commands = useCommands();
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (svg.current === null) return;
    const plot = new CurvePlot(svg.current, (step) => commands.goTo(step));
    const unfollow = follow(commands, chart, plot);
    return () => {
      unfollow();
      plot.destroy();
    };
  }, [commands, chart]);
  return (
    <figure>
      <Hint text={chart.help}>
        <figcaption>{chart.title}</figcaption>
      </Hint>
      <svg
        ref={svg}
        role="img"
        aria-label={`${chart.title} over steps, a line a run`}
        className="chart notranslate"
      />
    </figure>
  );
}

/** Keeps a chart up to date, past React: it changes many times a second. */
function follow(commands: Commands, chart: Chart, plot: CurvePlot): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inputs: readonly unknown[] = [];
  const draw = () => {
    timer = undefined;
    plot.show(curvesScene(commands, chart));
  };
  const update = () => {
    const state = commands.store.getState();
    plot.cursor = stepShown(state);
    const now = [
      state.curves,
      state.recording,
      state.showsRecording,
      state.experiment,
      state.lab,
      state.repeats?.done,
    ];
    if (timer !== undefined || now.every((input, i) => input === inputs[i])) return;
    inputs = now;
    timer = setTimeout(draw, REDRAW_MS);
  };
  draw();
  update();
  const unsubscribe = commands.store.subscribe(update);
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
