/** A lab with its checkpoints: runs that diverge wait in a good state, and there is a way back for all. */

import type { LabelledImages } from '../../data/labelled-images.ts';
import type { Objective } from '../../losses/objective.ts';
import { afterChange, type ChangeableLab } from '../changes.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { RunSpec } from '../experiment.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Lab } from './lab.ts';
import { labGoneBack, wayBackOf } from './recovery.ts';

/** Passes changes on to the lab and replaces the lab by a restored one in `goBack`. */
export class GuardedLab implements ChangeableLab {
  readonly #checkpoints: Checkpoints;
  readonly #training: LabelledImages;
  #lab: Lab;

  constructor(lab: Lab, checkpoints: Checkpoints, training: LabelledImages) {
    this.#lab = lab;
    this.#checkpoints = checkpoints;
    this.#training = training;
  }

  /** Another one after `goBack`. */
  get lab(): Lab {
    return this.#lab;
  }

  /** Where the runs can go back to together; undefined where none waits, or no way is left. */
  get wayBack(): Checkpoint | undefined {
    return wayBackOf(this.#lab.runs, this.#checkpoints);
  }

  setObjective(run: number, objective: Objective): void {
    this.#lab.setObjective(run, objective);
  }

  setLearningRate(learningRate: number): void {
    this.#lab.setLearningRate(learningRate);
  }

  setWarmUp(warmUpSteps: number): void {
    this.#lab.setWarmUp(warmUpSteps);
  }

  addRun(run: RunSpec): Promise<void> {
    return this.#lab.addRun(run);
  }

  removeRun(run: number): void {
    this.#lab.removeRun(run);
    this.#checkpoints.removeRun(run);
  }

  /** Where there is no way back any more, only the learning rate is set. */
  async goBack(learningRate: number | undefined): Promise<void> {
    const good = this.wayBack;
    if (good === undefined) {
      if (learningRate !== undefined) this.#lab.setLearningRate(learningRate);
      return;
    }
    const wanted = afterChange(this.#lab.experiment, { type: 'goBack', learningRate }, good.step);
    this.#lab.dispose();
    this.#lab = await labGoneBack(good, wanted, this.#training);
    this.#checkpoints.keep(good);
  }

  /**
   * A run that has diverged goes back to the newest checkpoint of it and waits there; the others go on. One that was
   * never in lock-step has its start alone.
   *
   * @param faults what has gone wrong with each, as a clause
   * @returns true where there was such a run
   */
  async halt(faults: readonly (string | undefined)[]): Promise<boolean> {
    const { last } = this.#checkpoints;
    for (const [run, reason] of faults.entries()) {
      if (reason === undefined) continue;
      const state = last?.runs[run];
      // Changes made since the checkpoint still hold.
      const schedule = this.#lab.runs[run]?.schedule;
      if (last !== undefined && state !== undefined && schedule !== undefined)
        this.#lab.halt(run, { ...state, schedule }, { step: last.step, reason });
      else this.#lab.halt(run, await this.#lab.startOf(run), { step: 0, reason });
    }
    return faults.some((fault) => fault !== undefined);
  }

  dispose(): void {
    this.#lab.dispose();
  }
}
