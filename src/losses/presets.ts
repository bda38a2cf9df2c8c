/**
 * The letter's six combinations (Gao et al. 2018, Table III), with the lab's weights: the letter's own
 * were for faces. Where softmax is off, it comes first all the same ("tuned"): the schedule sees to that.
 */

import { DEFAULT_MARGINS, LOSS_WEIGHTS, type Objective } from './objective.ts';

export const PRESET_NAMES = ['S', 'S+C', 'S+M', 'S+C+M', 'C+M', 'M'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export interface Preset {
  readonly title: string;
  readonly objective: Objective;
}

const { lambda1 } = LOSS_WEIGHTS.center;
const { lambda2 } = LOSS_WEIGHTS.margin;
/** Of margin beside softmax, chosen on a split of the training set: docs/defaults.md. The letter's own for faces. */
const BESIDE_SOFTMAX = 0.015;

function preset(
  title: string,
  weights: readonly [lambda0: number, lambda1: number, lambda2: number],
): Preset {
  return {
    title,
    objective: { lambda0: weights[0], lambda1: weights[1], lambda2: weights[2], ...DEFAULT_MARGINS },
  };
}

export const PRESETS: Record<PresetName, Preset> = {
  S: preset('Softmax', [1, 0, 0]),
  'S+C': preset('Softmax + center', [1, lambda1, 0]),
  'S+M': preset('Softmax + margin', [1, 0, BESIDE_SOFTMAX]),
  'S+C+M': preset('Softmax + center + margin', [1, lambda1, BESIDE_SOFTMAX]),
  'C+M': preset('Center + margin, tuned', [0, lambda1, lambda2]),
  M: preset('Margin', [0, 0, lambda2]),
};

/** The preset with these weights, or undefined for weights of one's own. Margins do not matter. */
export function presetOf(objective: Objective): PresetName | undefined {
  return PRESET_NAMES.find((name) => {
    const own = PRESETS[name].objective;
    return (['lambda0', 'lambda1', 'lambda2'] as const).every((weight) => own[weight] === objective[weight]);
  });
}
