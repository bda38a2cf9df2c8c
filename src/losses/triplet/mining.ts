/**
 * Which triplets of a batch count: a choice, made on numbers, through which no gradient goes. It says how often each distance
 * enters the loss: with +1 to a sample of the own class, −1 to one of another, divided by the number of triplets.
 */

export interface Mined {
  /** [batch × batch]: the loss is Σ_ij coefficient_ij·D_ij + offset, D the plain or the squared distances as they came in. */
  readonly coefficients: Float32Array;
  readonly offset: number;
}

interface Batch {
  /** [batch × batch], plain or squared. */
  readonly distances: Float32Array;
  /** [batch], whole. */
  readonly labels: ArrayLike<number>;
}

/**
 * Semi-hard (Schroff et al. 2015, by the rule of TensorFlow Addons): for every ordered pair of one class the nearest negative
 * that is farther than the positive; where none is, the farthest. The mean runs over those pairs.
 */
export function semiHard({ distances, labels }: Batch, alpha: number): Mined {
  const count = labels.length;
  const picked: Triplet[] = [];
  for (let anchor = 0; anchor < count; anchor++) {
    const negatives = others(labels, anchor, false).sort(
      (a, b) => at(distances, count, anchor, a) - at(distances, count, anchor, b),
    );
    const last = negatives.at(-1);
    if (last === undefined) continue;
    for (const positive of others(labels, anchor, true)) {
      const near = at(distances, count, anchor, positive);
      const negative = negatives.find((each) => at(distances, count, anchor, each) > near) ?? last;
      picked.push({ anchor, positive, negative });
    }
  }
  return mined(picked, distances, count, alpha);
}

/** Batch-hard (Hermans et al. 2017): for every anchor its farthest positive and its nearest negative; the mean runs over anchors that have both. */
export function batchHard({ distances, labels }: Batch, alpha: number): Mined {
  const count = labels.length;
  const picked: Triplet[] = [];
  for (let anchor = 0; anchor < count; anchor++) {
    const best = (candidates: readonly number[], sign: 1 | -1) =>
      candidates.reduce<number | undefined>(
        (chosen, each) =>
          chosen === undefined ||
          sign * at(distances, count, anchor, each) > sign * at(distances, count, anchor, chosen)
            ? each
            : chosen,
        undefined,
      );
    const positive = best(others(labels, anchor, true), 1);
    const negative = best(others(labels, anchor, false), -1);
    if (positive !== undefined && negative !== undefined) picked.push({ anchor, positive, negative });
  }
  return mined(picked, distances, count, alpha);
}

interface Triplet {
  readonly anchor: number;
  readonly positive: number;
  readonly negative: number;
}

/** [α + D_ap − D_an]₊, averaged. */
function mined(triplets: readonly Triplet[], distances: Float32Array, count: number, alpha: number): Mined {
  const coefficients = new Float32Array(count * count);
  const share = 1 / Math.max(1, triplets.length);
  let active = 0;
  for (const { anchor, positive, negative } of triplets) {
    const hinge = alpha + at(distances, count, anchor, positive) - at(distances, count, anchor, negative);
    if (!(hinge > 0)) continue;
    active++;
    const own = anchor * count + positive;
    const other = anchor * count + negative;
    coefficients[own] = (coefficients[own] as number) + share;
    coefficients[other] = (coefficients[other] as number) - share;
  }
  return { coefficients, offset: alpha * active * share };
}

/** Other samples of the anchor's class, or all of other classes. */
function others(labels: ArrayLike<number>, anchor: number, isSame: boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < labels.length; i++)
    if (i !== anchor && (labels[i] === labels[anchor]) === isSame) found.push(i);
  return found;
}

function at(distances: Float32Array, count: number, i: number, j: number): number {
  return distances[i * count + j] as number;
}
