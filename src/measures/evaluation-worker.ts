/** A worker for measures alone: they must wait neither for training nor for painting. */

import { type EvaluationRequest, evaluationOf } from './evaluation.ts';

export interface EvaluationTask {
  readonly id: number;
  /** By the run's position; undefined where there is nothing of it. */
  readonly runs: readonly (EvaluationRequest | undefined)[];
}

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.addEventListener('message', ({ data }: MessageEvent<EvaluationTask>) => {
  const evaluations = data.runs.map((run) => {
    // A run that has diverged has no measures: nothing of it is shown.
    if (run === undefined || !run.features.every(Number.isFinite)) return undefined;
    return evaluationOf(run);
  });
  scope.postMessage({ id: data.id, evaluations });
});
