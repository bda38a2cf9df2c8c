/** Live changes, as the reader makes them: the page's experiment and the worker's take the same records. */

import type { Objective } from '../../../losses/objective.ts';
import { presetLike, presetNamed, runOf } from '../../../losses/presets.ts';
import type { Change } from '../../../training/link/protocol.ts';
import { MAX_RUNS, type RunSpec } from '../../../training/link/protocol.ts';
import { afterHappening, type PageState, type Store } from '../store.ts';
import { tidyTitle, titlesOf, uniqueTitle } from '../titles.ts';
import type { EndTraining } from '../undo.ts';
import type { Connection } from './connection.ts';

export interface LiveCommands {
  setObjective(run: number, objective: Objective): void;
  setLearningRate(learningRate: number): void;
  setWarmUp(warmUpSteps: number): void;
  /** After a run has diverged: all runs back to the last state in which none had, to go on at another learning rate. */
  goBack(learningRate?: number): void;
  /** The same, and one run goes on by another objective. */
  goBackWith(run: number, objective: Objective): void;
  /** A run joins, of the preset of that name, else of the first that is not there yet; it learns what the others have learnt first. */
  addRun(preset?: string): void;
  removeRun(run: number): void;
  renameRun(run: number, title: string): void;
  /** A run takes the objective of the preset of that name. */
  choosePreset(run: number, preset: string): void;
}

export function createLiveCommands(store: Store, connection: Connection, end: EndTraining): LiveCommands {
  const runs = () => store.getState().experiment.runs;

  function make(change: Change, ended: Partial<PageState> = {}): void {
    store.setState((state) => ({ ...afterHappening(state, change), ...ended }));
    connection.send(change);
  }

  /** Only the page uses titles; the worker does not need them. */
  function setTitle(run: number, wanted: string): void {
    const title = uniqueTitle(wanted, titlesOf(runs(), run));
    store.setState(({ experiment }) => ({
      experiment: {
        ...experiment,
        runs: experiment.runs.map((spec, index) => (index === run ? { ...spec, title } : spec)),
      },
    }));
  }

  function goBack(learningRate?: number): void {
    connection.send({ type: 'pause' });
    const { lab } = store.getState();
    const ended = end((step) => `Step ${step} was left for step ${lab?.wayBack ?? step}.`);
    make({ type: 'goBack', learningRate }, ended);
  }

  return {
    setObjective: (run, objective) => make({ type: 'setObjective', run, objective }),
    setLearningRate: (learningRate) => make({ type: 'setLearningRate', learningRate }),
    setWarmUp: (warmUpSteps) => make({ type: 'setWarmUp', warmUpSteps }),
    goBack(learningRate) {
      goBack(learningRate);
      if (learningRate !== undefined) connection.send({ type: 'train' });
    },
    goBackWith(run, objective) {
      goBack();
      make({ type: 'setObjective', run, objective });
      connection.send({ type: 'train' });
    },
    addRun(preset = nextPreset(runs())) {
      if (runs().length >= MAX_RUNS) return;
      const { title, objective } = runOf(preset);
      make({ type: 'addRun', run: { title: uniqueTitle(title, titlesOf(runs())), objective } });
    },
    removeRun(run) {
      const removed = runs()[run];
      if (removed === undefined || runs().length === 1) return;
      const ended = end((step) => `“${removed.title}” was removed at step ${step}.`);
      make({ type: 'removeRun', run }, ended);
    },
    renameRun(run, text) {
      const title = tidyTitle(text);
      if (title !== undefined) setTitle(run, title);
    },
    choosePreset(run, preset) {
      make({ type: 'setObjective', run, objective: presetNamed(preset).objective });
    },
  };
}

/** The letter's combinations in the order in which one misses them; the first again where all are there. */
function nextPreset(runs: readonly RunSpec[]): string {
  const order = ['C+M', 'M', 'S+C', 'S', 'S+M', 'S+C+M'];
  return order.find((name) => !runs.some(({ objective }) => presetLike(objective)?.name === name)) ?? 'C+M';
}
