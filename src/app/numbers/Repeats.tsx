/** "Repeat with N seeds": is a difference the loss's, or the seed's? Mean and spread of every run, bold only what is clear. */

import { useState } from 'react';
import { intervalOf, spreadText } from '../../measures/interval.ts';
import { headingOf, type Measure } from '../../measures/measure.ts';
import { clearlyBest } from '../../measures/paired.ts';
import { COLUMNS, directionOf } from '../../measures/table.ts';
import { whole } from '../parts/data-help.ts';
import { Hint } from '../parts/Hint.tsx';
import { Choice } from '../parts/Setting.tsx';
import { TableFrame } from '../parts/TableFrame.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import type { Repeats as RepeatsOf, SeedRuns } from '../state/slices/measures.ts';
import { repeat, repeatedTo } from './repeats.ts';
import './Repeats.css';

const COUNTS = [3, 5, 10] as const;
const HELP =
  'Trains all runs again with this seed and the next ones, in the background, up to the step that is shown. Equal weights and batches within a seed, so differences are paired.';

export function Repeats() {
  const commands = useCommands();
  const [count, setCount] = useState<number>(COUNTS[0]);
  const repeats = usePageState((state) => state.repeats);
  const step = usePageState(repeatedTo);
  const isRunning = repeats !== undefined && repeats.done.length < repeats.seeds.length && !repeats.problem;
  return (
    <section className="repeats surface" aria-label="Several seeds">
      <div className="measures-head">
        <h2>Several seeds</h2>
        <div className="repeats-controls">
          <Choice
            name="Seeds"
            value={String(count)}
            isDisabled={isRunning}
            options={COUNTS.map((each) => ({ value: String(each), text: `${each} seeds` }))}
            onChange={(value) => setCount(Number(value))}
          />
          <Hint text={HELP}>
            <button type="button" disabled={isRunning || step < 1} onClick={() => repeat(commands, count)}>
              {`Repeat with ${count} seeds`}
            </button>
          </Hint>
          <button
            type="button"
            disabled={!isRunning}
            onClick={() => commands.show({ repeats: undefined })}
            aria-label="Cancel the repeats"
          >
            Cancel
          </button>
        </div>
      </div>
      {repeats === undefined ? (
        <p className="repeats-note">
          {`One run is an anecdote. Repeated to step ${whole(step)} with further seeds, the curves get bands and this table means with their spread.`}
        </p>
      ) : (
        <Progress repeats={repeats} isRunning={isRunning} />
      )}
      {repeats !== undefined && repeats.done.length > 1 && <Spread done={repeats.done} />}
    </section>
  );
}

function Progress({ repeats, isRunning }: { readonly repeats: RepeatsOf; readonly isRunning: boolean }) {
  const { goal, seeds, steps, done, problem } = repeats;
  const share = steps.reduce((sum, step) => sum + Math.min(step, goal), 0) / (goal * seeds.length);
  const sentence =
    problem ??
    (isRunning
      ? `${done.length} of ${seeds.length} seeds at step ${whole(goal)}.`
      : `Seeds ${seeds.join(', ')}, each at step ${whole(goal)}: mean ± standard deviation; bold where the 95 % intervals of paired differences to all other runs exclude 0.`);
  return (
    <div className="repeats-progress">
      {isRunning && <progress aria-label="Repeats" value={share} max={1} />}
      <p
        role={problem === undefined ? 'status' : 'alert'}
        className="repeats-note"
        data-testid="repeats-said"
      >
        {sentence}
      </p>
    </div>
  );
}

function Spread({ done }: { readonly done: readonly SeedRuns[] }) {
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  const names = titles.split('\n');
  return (
    <TableFrame name="Table over seeds">
      <table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            {COLUMNS.map((measure) => (
              <th key={measure.name} scope="col">
                {headingOf(measure)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((title, run) => (
            <tr key={title}>
              <th scope="row">
                <span className={`run-key run-${run}`} aria-hidden="true" />
                <span>{title}</span>
              </th>
              {COLUMNS.map((measure) => (
                <SpreadCell key={measure.name} measure={measure} done={done} run={run} runs={names.length} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

interface SpreadCellProps {
  readonly measure: Measure;
  readonly done: readonly SeedRuns[];
  readonly run: number;
  readonly runs: number;
}

function SpreadCell({ measure, done, run, runs }: SpreadCellProps) {
  const valuesOf = (each: number) => done.map((seed) => seed.runs[each]?.values[measure.name] ?? Number.NaN);
  const spread = intervalOf(valuesOf(run));
  const better = directionOf(measure);
  const all = Array.from({ length: runs }, (_, each) => valuesOf(each));
  const isBest = better !== undefined && clearlyBest(all, better) === run;
  const text =
    spread === undefined || !Number.isFinite(spread.mean) ? '–' : spreadText(spread, measure.digits);
  return (
    <td className={isBest ? 'best' : undefined}>
      <span translate="no">{text}</span>
      {isBest && <span className="visually-hidden"> (clearly best)</span>}
    </td>
  );
}
