/** One run's panel: its loss radios, its plot, its numbers. */

import { HELP } from '../content/help.ts';
import { LOSS_CONTENT } from '../content/losses.ts';
import {
  isWarmingUp,
  LOSS_NAMES,
  lossNameOf,
  objectiveAt,
  objectiveOf,
  type Schedule,
} from '../losses/objective.ts';
import { useLab, useLabState } from './context.ts';
import { Plot } from './Plot.tsx';
import { Reading, shown } from './Reading.tsx';

export interface PanelProps {
  /** Position of the run in the experiment. */
  readonly run: number;
}

export function Panel({ run }: PanelProps) {
  const title = useLabState(({ experiment }) => experiment.runs[run]?.title ?? '');
  const lit = useLabState(({ highlight, probe }) =>
    highlight < 0 ? '' : String(probe?.indices[highlight] ?? ''),
  );
  return (
    <section className="panel" aria-label={title} data-highlight={lit}>
      <header className="panel-head">
        <h2>{title}</h2>
        <LossRadios run={run} />
      </header>
      <Plot run={run} />
      <Readings run={run} />
    </section>
  );
}

function LossRadios({ run }: PanelProps) {
  const lab = useLab();
  const objective = useLabState(({ experiment }) => experiment.runs[run]?.objective);
  if (objective === undefined) return null;
  const chosen = lossNameOf(objective);
  return (
    <div role="radiogroup" aria-label="Loss" className="radios">
      {LOSS_NAMES.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name={`loss-${run}`}
            checked={chosen === name}
            onChange={() => lab.setObjective(run, objectiveOf(name, objective))}
          />
          <span>{LOSS_CONTENT[name].title}</span>
        </label>
      ))}
    </div>
  );
}

function Readings({ run }: PanelProps) {
  const measures = useLabState(({ snapshot }) => snapshot?.runs[run]?.measures);
  const wholeAccuracy = useLabState(({ wholeTest }) => wholeTest?.runs[run]?.measures.accuracy);
  const loss = useLabState(({ progress }) => progress?.losses[run]?.total);
  const phase = useLabState(({ lab, progress }) =>
    phaseOf(lab?.schedules[run], Math.max(lab?.step ?? 0, progress?.step ?? 0)),
  );
  return (
    <div className="readings">
      <Reading
        name="Accuracy"
        testId="test-accuracy"
        value={shown(measures?.accuracy, 3)}
        help={HELP.accuracy}
      />
      <Reading
        name="All 10,000"
        testId="whole-test-accuracy"
        value={shown(wholeAccuracy, 4)}
        help={HELP.wholeAccuracy}
      />
      <Reading name="D1" testId="D1" value={shown(measures?.D1, 2)} help={HELP.D1} />
      <Reading name="D2" testId="D2" value={shown(measures?.D2, 2)} help={HELP.D2} />
      <Reading name="D3" testId="D3" value={shown(measures?.D3, 2)} help={HELP.D3} />
      <Reading name="Loss" testId="loss" value={shown(loss, 4)} help={HELP.loss} />
      <Reading name="Phase" testId="phase" value={phase} help={HELP.phase} />
    </div>
  );
}

/** What is trained at the next step, in a word. */
export function phaseOf(schedule: Schedule | undefined, step: number): string {
  if (schedule === undefined) return '–';
  if (isWarmingUp(schedule, step)) return 'warm-up';
  return lossNameOf(objectiveAt(schedule, step)) ?? 'custom';
}
