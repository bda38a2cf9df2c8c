/** A worker for measures alone: they must wait neither for training nor for painting. */

import { type EvaluationRequests, evaluationsOf } from './evaluation.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.addEventListener('message', ({ data }: MessageEvent<EvaluationRequests>) => {
  scope.postMessage(evaluationsOf(data));
});
