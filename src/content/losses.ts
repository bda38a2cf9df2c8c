/** Words and equations for each loss: one sentence, the equation in TeX, and what it does to the picture. */

import type { LossName } from '../losses/objective.ts';

export interface LossContent {
  readonly title: string;
  readonly sentence: string;
  readonly tex: string;
}

export const LOSS_CONTENT: Record<LossName, LossContent> = {
  softmax: {
    title: 'Softmax',
    sentence:
      'Rewards a high probability of the right digit and asks nothing of distances: classes become petals that touch.',
    tex: String.raw`J_S = -\frac{1}{B}\sum_i \log \frac{e^{w_{y_i}^\top x_i}}{\sum_j e^{w_j^\top x_i}}`,
  },
  center: {
    title: 'Softmax + center',
    sentence:
      'Adds a pull of every sample towards the running centre of its class: petals shrink to blobs, most of them on a ring.',
    tex: String.raw`J_S + \lambda_1 J_C,\quad J_C = \frac{1}{2B}\sum_i \lVert x_i - c_{y_i}\rVert^2`,
  },
  margin: {
    title: 'Margin',
    sentence:
      'Pulls each sample to within α₊ of its own centre and pushes it at least α₋ away from every other, in plain distance (l is + for the own class, − for others): blobs spread over the plane.',
    tex: String.raw`J_M = \frac{1}{B}\sum_i\sum_j\bigl[\,l_{ij}\,(\lVert x_i - c_j\rVert-\alpha_{l_{ij}})\bigr]_+`,
  },
};

export const JOINT_TEX = String.raw`J = \lambda_0 J_S + \lambda_1 J_C + \lambda_2 J_M`;

/** The letter's own weights (λ₀, λ₁, λ₂), from its Table III: face experiments. "Tuned": softmax first. */
export const LETTER_WEIGHTS = [
  { name: 'S', weights: [1, 0, 0] },
  { name: 'S+C', weights: [1, 0.008, 0] },
  { name: 'S+M', weights: [1, 0, 0.015] },
  { name: 'S+C+M', weights: [1, 0.008, 0.01] },
  { name: 'C+M, tuned', weights: [0, 0.008, 0.01] },
  { name: 'M, tuned', weights: [0, 0, 0.015] },
] as const;

export const DOI = 'https://doi.org/10.1109/LSP.2017.2789251';
