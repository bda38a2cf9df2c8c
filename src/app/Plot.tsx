/** A run's scatter plot: hands scenes to the plot, and hover and keys to the store. */

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Scatter, type Scene } from '../plots/scatter.ts';
import { useLab, useLabState } from './context.ts';
import { SampleCard } from './SampleCard.tsx';
import { useTheme } from './theme.ts';

const DIRECTIONS: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function Plot({ run }: { readonly run: number }) {
  const lab = useLab();
  const root = useRef<HTMLDivElement>(null);
  const scatter = useRef<Scatter | undefined>(undefined);
  const [isZoomed, setZoomed] = useState(false);
  const highlight = useLabState((state) => state.highlight);
  const scene = useScene(run);
  const summary = useSummary(run);

  useEffect(() => {
    if (root.current === null) return;
    const plot = new Scatter(root.current, {
      onPoint: (sample) => {
        if (lab.store.getState().highlight !== sample) lab.show({ highlight: sample });
      },
      onZoom: setZoomed,
    });
    scatter.current = plot;
    return () => {
      plot.destroy();
      scatter.current = undefined;
    };
  }, [lab]);

  useEffect(() => {
    if (scene !== undefined) scatter.current?.show(scene);
  }, [scene]);

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key];
    if (event.key === 'Escape') lab.show({ highlight: -1 });
    if (direction === undefined || scene === undefined || scatter.current === undefined) return;
    event.preventDefault();
    lab.show({ highlight: scatter.current.neighbour(highlight, ...direction) });
  };

  const place = highlight >= 0 ? scatter.current?.positionOf(highlight) : undefined;
  return (
    <div className="plot">
      <div
        className="plot-surface"
        ref={root}
        role="img"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk from sample to sample.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => lab.show({ highlight: -1 })}
      />
      {scene === undefined && (
        <p className="plot-empty">The features of 2,000 test digits will appear here.</p>
      )}
      {isZoomed && (
        <button type="button" className="fit" onClick={() => scatter.current?.fit()}>
          Fit
        </button>
      )}
      {place !== undefined && <SampleCard run={run} sample={highlight} place={place} />}
    </div>
  );
}

/** What the plot draws, or undefined before the first snapshot. */
function useScene(run: number): Scene | undefined {
  const snapshot = useLabState((state) => state.snapshot);
  const objective = useLabState(({ experiment }) => experiment.runs[run]?.objective);
  const marginsInFocus = useLabState((state) => state.marginsInFocus);
  const highlight = useLabState((state) => state.highlight);
  const litClass = useLabState((state) => state.litClass);
  const theme = useTheme();
  return useMemo(() => {
    const own = snapshot?.runs[run];
    if (snapshot === undefined || own === undefined || objective === undefined) return undefined;
    const showsMargins = objective.lambda2 > 0 || marginsInFocus;
    return {
      points: own.features,
      labels: snapshot.labels,
      means: own.means,
      centres: own.centres,
      margins: showsMargins ? objective : undefined,
      theme,
      litClass,
      highlight,
    };
  }, [snapshot, run, objective, marginsInFocus, highlight, litClass, theme]);
}

/** The plot in words. It changes with every snapshot but is not announced: it is a label, not a live region. */
function useSummary(run: number): string {
  const step = useLabState(({ snapshot }) => snapshot?.step);
  const measures = useLabState(({ snapshot }) => snapshot?.runs[run]?.measures);
  if (step === undefined || measures === undefined) return 'Scatter plot of features. Nothing to show yet.';
  const [accuracy, d1, d2] = [measures.accuracy, measures.D1, measures.D2].map((value) =>
    (value ?? Number.NaN).toFixed(2),
  );
  return `Scatter plot of the features of test digits after ${step} steps: accuracy ${accuracy}, mean distance to the own class ${d1}, between classes ${d2}. Arrow keys walk from sample to sample.`;
}
