/** A run's scatter plot: the store's changes go to the plot past React; hover and keys come back. */

import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { probeCount } from '../../data/set.ts';
import { isSameObjective, type Objective } from '../../losses/objective.ts';
import { Scatter } from '../../plots/scatter.ts';
import { useTheme } from '../page/theme.ts';
import { whole } from '../parts/data-help.ts';
import { isPlain } from '../parts/keys.ts';
import { onPageTap } from '../parts/taps.ts';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import { dimShown, objectiveShown, recordingShown, samplesShown, stepShown } from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';
import { type ForcesFollower, followForces } from './forces.ts';
import { SampleCard } from './SampleCard.tsx';
import { useSummary } from './Summary.tsx';
import { createSceneOf } from './scene.ts';
import './Plot.css';

const DIRECTIONS: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A tap there leaves a tapped sample lit. */
const KEEPS_LIT = '.plot-surface, .timeline, .buttons, .choices, .side-card';

/** Nobody needs it for the first picture, which is of two dimensions. */
const TourCompass = lazy(async () => ({ default: (await import('./TourCompass.tsx')).TourCompass }));

export interface PlotProps {
  readonly run: number;
  /** Where the plot puts itself, for those who want a picture of it. */
  readonly scatter: { current: Scatter | undefined };
}

export function Plot({ run, scatter }: PlotProps) {
  const commands = useCommands();
  const theme = useTheme();
  const root = useRef<HTMLDivElement>(null);
  const [isZoomed, setZoomed] = useState(false);
  const highlight = usePageState((state) => state.highlight);
  const isSelecting = usePageState((state) => state.isSelecting);
  const isEmpty = usePageState(() => commands.moment(run) === undefined);
  const isOfBefore = usePageState((state) => state.awaitsPicture && recordingShown(state) === undefined);
  const isWide = usePageState((state) => dimShown(state) > 2);
  const summary = useSummary(run);

  useEffect(() => {
    if (root.current === null) return;
    const plot = new Scatter(root.current, commands.plots, {
      onPoint: (sample) => {
        const lit = commands.store.getState().highlight;
        if ((lit?.sample ?? -1) === sample && lit?.run === run) return;
        // A pen leaves after its tap.
        if (sample < 0 && lit?.by === 'tap') return;
        commands.light(run, sample, 'pointer');
      },
      onTap: (sample) => commands.light(run, sample, 'tap'),
      onPress: (sample, isFurther) => {
        const index = indexOf(commands, sample);
        if (index === undefined) return;
        if (commands.store.getState().isSelecting) commands.select([index], true);
        else commands.pinSample(index, isFurther);
      },
      onLasso: (rows) => {
        const { isSelecting } = commands.store.getState();
        commands.select(
          rows.flatMap((row) => indexOf(commands, row) ?? []),
          isSelecting,
        );
      },
      onZoom: (zoomed) => {
        setZoomed(zoomed);
        // Where few samples are in sight, their images show.
        if (zoomed) commands.wantImages();
        forces.current?.look();
      },
    });
    scatter.current = plot;
    const leave = commands.plots.place(run, () => plot.picture);
    return () => {
      leave();
      plot.destroy();
      scatter.current = undefined;
    };
  }, [commands, run, scatter]);

  useEffect(() => {
    const sceneOf = createSceneOf(commands, run);
    const isSwitched = createSwitchWatch(run);
    const update = () => {
      const plot = scatter.current;
      if (plot === undefined) return;
      plot.isSelecting = commands.store.getState().isSelecting;
      if (isSwitched(commands.store.getState())) plot.hold();
      plot.show(sceneOf(theme));
    };
    update();
    return commands.store.subscribe(update);
  }, [commands, run, theme, scatter]);

  const forces = useRef<ForcesFollower | undefined>(undefined);
  useEffect(() => {
    const following = followForces(commands, run, () => scatter.current);
    forces.current = following;
    return () => following.end();
  }, [commands, run, scatter]);

  const isTapped = highlight?.by === 'tap' && highlight.run === run;
  useEffect(() => {
    if (!isTapped) return;
    // A tap on another plot lights another sample, or none, by itself; time is moved to watch this one.
    return onPageTap((target) => {
      if (target.closest(KEEPS_LIT) === null) commands.show({ highlight: undefined });
    });
  }, [commands, isTapped]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && highlight !== undefined) {
      event.preventDefault();
      const index = indexOf(commands, highlight.sample);
      if (index === undefined) return;
      if (isSelecting) commands.select([index], true);
      else commands.pinSample(index, event.shiftKey);
      return;
    }
    const direction = DIRECTIONS[event.key];
    if (direction === undefined || isEmpty || scatter.current === undefined) return;
    if (!isPlain(event.nativeEvent)) return;
    event.preventDefault();
    commands.light(run, scatter.current.neighbour(highlight?.sample ?? -1, ...direction), 'keys');
  };
  const onBlur = () => {
    if (highlight?.by === 'keys' && highlight.run === run) commands.show({ highlight: undefined });
  };

  return (
    <div className="plot">
      <div
        className={`plot-surface${isOfBefore ? ' is-of-before' : ''}${isSelecting ? ' is-selecting' : ''}`}
        aria-busy={isOfBefore}
        ref={root}
        role="img"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk from sample to sample.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
      {isEmpty && <Empty run={run} />}
      {isWide && (
        <Suspense>
          <TourCompass run={run} />
        </Suspense>
      )}
      {isZoomed && (
        <button type="button" className="fit" onClick={() => scatter.current?.fit()}>
          Fit
        </button>
      )}
      {highlight !== undefined && (
        <SampleCard
          run={run}
          sample={highlight.sample}
          isOrigin={highlight.run === run}
          place={scatter.current?.positionOf(highlight.sample)}
        />
      )}
    </div>
  );
}

/** Says at each change of state whether the run has just gone on to another loss, live or in playing. */
function createSwitchWatch(run: number): (state: PageState) => boolean {
  let known: { readonly objective: Objective; readonly step: number; readonly isOf: unknown } | undefined;
  return (state) => {
    const objective = objectiveShown(state, run);
    const isOf = recordingShown(state) ?? state.sessionId;
    const step = stepShown(state);
    const before = known;
    known = objective && { objective, step, isOf };
    if (before === undefined || objective === undefined || before.objective === objective) return false;
    const goesOn = before.isOf === isOf && step >= before.step && (state.at === undefined || state.isPlaying);
    return goesOn && !isSameObjective(before.objective, objective);
  };
}

/** The index in the test set of the sample in a row. */
function indexOf({ store }: ReturnType<typeof useCommands>, row: number): number | undefined {
  return samplesShown(store.getState())?.indices[row];
}

function Empty({ run }: { readonly run: number }) {
  const set = useDataSet();
  const heldOut = usePageState(({ experiment }) => experiment.heldOut);
  const wasThere = usePageState(({ frames }) => frames.at(-1)?.runs[run] !== undefined);
  const sentence = wasThere
    ? 'This run was not there yet.'
    : `The features of ${whole(probeCount(set, heldOut))} test images will appear here.`;
  return <p className="plot-empty">{sentence}</p>;
}
