/** What a chart of curves shows: a number of every run over steps, and what changed when. */

import type { CurvesScene, CurveValue } from '../../plots/curves.ts';
import type { CurvePoint } from '../../timeline/history.ts';
import type { Commands } from '../state/commands.ts';
import { eventsShown } from '../state/events.ts';
import { curveShown, stepsShown } from '../state/selectors.ts';
import { bandOfRun } from './bands.ts';
import type { Chart } from './charts.ts';

export function curvesScene(commands: Commands, { value, low, high }: Chart): CurvesScene {
  const state = commands.store.getState();
  const { repeats } = state;
  return {
    curves: state.experiment.runs.map(({ title }, run) => ({
      name: title,
      className: `run-${run}`,
      points: series(curveShown(state, run), value),
      band: repeats && bandOfRun(repeats, run, value),
    })),
    events: eventsShown(state),
    lastStep: Math.max(stepsShown(state)[1], state.showsRecording ? 0 : (state.progress?.step ?? 0)),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  };
}

function series(points: readonly CurvePoint[], name: string): CurveValue[] {
  return points.flatMap(({ step, values }) => {
    const value = values[name];
    return value === undefined ? [] : [{ step, value }];
  });
}
