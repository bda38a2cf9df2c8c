/** What a threshold does to pairs: where it stands, and which it decides wrongly. */

import type { Evaluation } from '../../measures/evaluation.ts';
import type { Metric, Pairs } from '../../measures/pairs.ts';
import { type PairsOf, verificationName } from '../../measures/verification.ts';
import type { Links } from '../../plots/marks/links.ts';
import { dataSetShown, heldOutShown } from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';

/** More lines than these are a grey cloud. */
const MOST_LINKS = 150;

/** Which pairs are looked at: on people never seen, those, as in the letter; else those of the classes that training saw. */
export function pairsShown(state: PageState): PairsOf {
  if (heldOutShown(state).length === 0) return 'seen';
  return state.pairsChosen ?? (dataSetShown(state).classSizes === undefined ? 'seen' : 'unseen');
}

/** The reader's threshold, else that of the equal error; undefined before there is an evaluation, and without pairs. */
export function thresholdOf(
  evaluation: Evaluation | undefined,
  metric: Metric,
  chosen: number | undefined,
  part: PairsOf = 'seen',
): number | undefined {
  if (evaluation === undefined) return undefined;
  const threshold =
    chosen ?? evaluation.measures[verificationName(metric, 'Threshold', part === 'seen' ? '' : part)];
  return Number.isFinite(threshold) ? threshold : undefined;
}

/** Genuine pairs that are refused and impostors that are accepted in a run, to be joined in its plot. */
export function wrongPairs(state: PageState, run: number): readonly Links[] | undefined {
  const evaluation = state.evaluations[run];
  // Distances of runs differ in scale: the threshold is the selected run's.
  if (!state.showsWrongPairs || evaluation === undefined || run !== state.selectedRun) return undefined;
  const part = pairsShown(state);
  const own = evaluation[part];
  if (own === undefined) return undefined;
  const { metric, threshold: chosenThreshold } = state;
  const threshold = thresholdOf(evaluation, metric, chosenThreshold, part) ?? Number.NaN;
  const { pairs, scores } = own;
  const { genuine, impostor } = scores[state.metric];
  return [
    { kind: 'refused', ...chosen(pairs.genuine, (i) => (genuine[i] as number) > threshold) },
    { kind: 'accepted', ...chosen(pairs.impostor, (i) => (impostor[i] as number) <= threshold) },
  ];
}

/** The first pairs for which that is so. */
function chosen({ first, second }: Pairs, isChosen: (pair: number) => boolean): Pairs {
  const rows: number[] = [];
  for (let i = 0; i < first.length && rows.length < MOST_LINKS; i++) if (isChosen(i)) rows.push(i);
  return {
    first: Uint32Array.from(rows, (i) => first[i] as number),
    second: Uint32Array.from(rows, (i) => second[i] as number),
  };
}

export interface WrongPair {
  /** Rows. */
  readonly first: number;
  readonly second: number;
  readonly distance: number;
}

/** Wrongly decided pairs of the selected run, those farthest beyond the threshold first; at most so many of each kind. */
export function worstPairs(
  state: PageState,
  most: number,
): Readonly<Record<Links['kind'], readonly WrongPair[]>> {
  const { evaluations, selectedRun, metric } = state;
  const evaluation = evaluations[selectedRun];
  const part = pairsShown(state);
  const own = evaluation?.[part];
  const threshold = thresholdOf(evaluation, metric, state.threshold, part);
  if (own === undefined || threshold === undefined) return { refused: [], accepted: [] };
  const { pairs, scores } = own;
  const worst = (kind: 'genuine' | 'impostor', sign: 1 | -1) =>
    Array.from(scores[metric][kind], (distance, i) => ({
      first: pairs[kind].first[i] as number,
      second: pairs[kind].second[i] as number,
      distance,
    }))
      .filter(({ distance }) => (sign === 1 ? distance > threshold : distance <= threshold))
      .sort((a, b) => sign * (b.distance - a.distance))
      .slice(0, most);
  return { refused: worst('genuine', 1), accepted: worst('impostor', -1) };
}
