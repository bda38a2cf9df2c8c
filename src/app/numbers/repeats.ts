/** The shown experiment with further seeds, each in a worker of its own, up to the step that is shown. */

import { measuredMargins } from '../../losses/objective.ts';
import { objectiveAt } from '../../losses/schedule.ts';
import { type CurvePoint, withPoint } from '../../timeline/history.ts';
import { LabClient } from '../../training/link/client.ts';
import { type Event, type Experiment, type Snapshot, scheduleOf } from '../../training/link/protocol.ts';
import type { Commands } from '../state/commands.ts';
import { isLive, stepInPlot, stepShown } from '../state/selectors.ts';
import type { Repeats, SeedRuns } from '../state/slices/measures.ts';
import type { PageState } from '../state/store.ts';
import { EvaluationClient } from './evaluation-client.ts';

/** Each holds all images: more at once would take a small machine's memory. */
const MOST_AT_ONCE = 4;
const LARGEST_SEED = 0xffffffff;

export interface RepeatSurroundings {
  readonly createClient: () => Pick<LabClient, 'send' | 'subscribe' | 'dispose'>;
  readonly dataUrl: string;
  readonly atOnce: number;
}

function surroundings(): RepeatSurroundings {
  return {
    createClient: () => new LabClient(),
    dataUrl: new URL('data/', document.baseURI).href,
    atOnce: Math.max(1, Math.min(MOST_AT_ONCE, navigator.hardwareConcurrency ?? 1)),
  };
}

/**
 * Trains the experiment with its own seed and the ones after it, and keeps what comes in the store. Ends where the store
 * has other repeats or none. Returns when all are done or ended.
 */
export async function repeat(commands: Commands, count: number, own = surroundings()): Promise<void> {
  const { store } = commands;
  const { experiment } = store.getState();
  const goal = repeatedTo(store.getState());
  const seeds = seedsFrom(experiment.seed, count);
  const id = {};
  const start: Repeats = { id, goal, seeds, steps: seeds.map(() => 0), done: [], problem: undefined };
  store.setState({ repeats: start });
  const isWanted = () => store.getState().repeats?.id === id;
  const ending = new AbortController();
  const unsubscribe = store.subscribe(() => {
    if (!isWanted()) ending.abort();
  });
  const update = (change: (repeats: Repeats) => Partial<Repeats>) => {
    const { repeats } = store.getState();
    if (repeats?.id === id) store.setState({ repeats: { ...repeats, ...change(repeats) } });
  };
  const evaluation = new EvaluationClient();
  let evaluating: Promise<unknown> = Promise.resolve();
  const waiting = [...seeds.keys()];
  const work = async () => {
    for (let index = waiting.shift(); index !== undefined && isWanted(); index = waiting.shift()) {
      const place = index;
      const seed = seeds[place] as number;
      try {
        const trained = await trainTo(
          goal,
          { ...experiment, seed, backend: 'wasm' },
          own,
          ending.signal,
          (step) => update(({ steps }) => ({ steps: steps.map((old, i) => (i === place ? step : old)) })),
        );
        if (trained === undefined) return;
        // One request at a time: another seed may be at it.
        const answer = evaluating.then(() => evaluated(evaluation, trained.snapshot, experiment, goal));
        evaluating = answer.catch(() => {});
        const measures = await answer;
        const runs = measures.map((values, run) => ({ values, curve: trained.curves[run] ?? [] }));
        const finished: SeedRuns = { seed, runs };
        update(({ done }) => ({ done: [...done, finished].sort((a, b) => a.seed - b.seed) }));
      } catch (error) {
        update(() => ({ problem: `Seed ${seed} came to no end: ${(error as Error).message}` }));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(own.atOnce, seeds.length) }, work));
  unsubscribe();
  evaluation.dispose();
}

/** The step that the plots show, or that live runs have reached; 0 where nothing was trained. */
export function repeatedTo(state: PageState): number {
  return Math.round(isLive(state) ? stepInPlot(state) : stepShown(state));
}

/** So many seeds from this one on; after the largest comes 1. */
export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => ((first - 1 + i) % LARGEST_SEED) + 1);
}

/** Undefined where it is no longer wanted. @throws Error with a sentence */
function trainTo(
  goal: number,
  experiment: Experiment,
  { createClient, dataUrl }: RepeatSurroundings,
  ended: AbortSignal,
  onStep: (step: number) => void,
): Promise<{ snapshot: Snapshot; curves: readonly (readonly CurvePoint[])[] } | undefined> {
  return new Promise((resolve, reject) => {
    const client = createClient();
    let curves: readonly (readonly CurvePoint[])[] = experiment.runs.map(() => []);
    const end = (finish: () => void) => {
      client.dispose();
      finish();
    };
    const add = (step: number, values: readonly (Readonly<Record<string, number>> | undefined)[]) => {
      curves = curves.map((points, run) => {
        const own = values[run];
        return own === undefined ? points : withPoint(points, { step, values: own });
      });
    };
    client.subscribe((event: Event) => {
      if (event.type === 'progress') {
        add(event.step, event.losses);
        onStep(event.step);
      }
      if (event.type === 'failed') end(() => reject(new Error(event.sentence)));
      if (event.type === 'dataFailed') end(() => reject(new Error(event.sentence)));
      if (event.type === 'state' && event.halted.some((run) => run !== undefined))
        end(() => reject(new Error('a run diverged.')));
      if (event.type !== 'snapshot' || event.set !== 'probe') return;
      add(
        event.step,
        event.runs.map((run) => run?.measures),
      );
      if (event.step >= goal) end(() => resolve({ snapshot: event, curves }));
    });
    ended.addEventListener('abort', () => end(() => resolve(undefined)), { once: true });
    client.send({ type: 'open', experiment, dataUrl, fetchNow: true });
    client.send({ type: 'train', until: goal });
  });
}

/** All measures of every run. */
async function evaluated(
  client: EvaluationClient,
  { runs, labels, dim }: Snapshot,
  { heldOut, runs: specs, warmUpSteps }: Experiment,
  goal: number,
): Promise<readonly Readonly<Record<string, number>>[]> {
  const requests = runs.map((run, index) => {
    const spec = specs[index];
    if (run === undefined || spec === undefined) return undefined;
    const { features, centres, predictions, rule } = run;
    const margins = measuredMargins(objectiveAt(scheduleOf(spec, warmUpSteps), goal));
    const labelled = { features, labels, dim, classes: centres.length / dim };
    return { ...labelled, centres, predictions, rule, heldOut, margins };
  });
  const evaluations = await client.evaluate(requests);
  return runs.map((run, index) => ({ ...evaluations[index]?.measures, ...run?.measures }));
}
