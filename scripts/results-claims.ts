/** The letter's claims, and whether they hold in the results of the study. */

import type { Metric } from '../src/measures/pairs.ts';
import { type QuantityName, verificationName } from '../src/measures/verification.ts';
import { type Preset, SEEDS } from './letter-study.ts';
import { average, type Study, table, valuesOf } from './results-tables.ts';

const WITH_SOFTMAX: readonly Preset[] = ['S', 'S+C', 'S+M', 'S+C+M'];
const WITHOUT_SOFTMAX: readonly Preset[] = ['C+M', 'M'];

/** In how many runs of a preset something was so. */
interface Wins {
  readonly preset: Preset;
  readonly won: number;
  readonly of: number;
}

/** A verdict on each claim, with the numbers that it rests on. */
export function claims(closed: Study, scratch: Study): string {
  const mean = (preset: Preset, name: string) => average(valuesOf(closed[preset], name));
  const ratio = (name: string, a: Preset, b: Preset) => mean(a, name) / mean(b, name);
  const falls = ratio('D1', 'S+C', 'S');
  const rises = ratio('D2', 'S+C', 'S');
  const order: readonly Preset[] = ['C+M', 'M', 'S+C', 'S'];
  const ratios = order.map((preset) => mean(preset, 'D2OverD1'));
  const isOrdered = (values: readonly number[]) =>
    values.every((value, i) => i === 0 || (values[i - 1] as number) > value);
  const seeds = SEEDS.map((seed) =>
    order.flatMap((preset) => {
      const result = closed[preset].find((candidate) => candidate.seed === seed);
      return result === undefined ? [] : valuesOf([result], 'D2OverD1');
    }),
  ).filter(({ length }) => length === order.length);
  /** In how many seeds one distance did better than the other, by the letter's accuracy or by AUC. */
  const wins = (quantity: QuantityName, presets: readonly Preset[], better: Metric) => {
    const other = better === 'cosine' ? 'euclidean' : 'cosine';
    return presets.map((preset): Wins => {
      const won = closed[preset].filter(({ measures }) => {
        const value = (metric: Metric) => measures[verificationName(metric, quantity)] ?? Number.NaN;
        return value(better) > value(other);
      });
      return { preset, won: won.length, of: closed[preset].length };
    });
  };
  const cosine = wins('LFW', WITH_SOFTMAX, 'cosine');
  const euclidean = wins('LFW', WITHOUT_SOFTMAX, 'euclidean');
  const told = (list: readonly Wins[]) =>
    list.map(({ preset, won, of }) => `${preset} ${won} of ${of}`).join(', ');
  const all = (list: readonly Wins[]) => list.every(({ won, of }) => won === of && of > 0);
  const alone = average(valuesOf(scratch.M, 'accuracyByCentre'));
  const tuned = mean('M', 'accuracyByCentre');
  const softmax = mean('S', 'accuracyByLogits');
  const nearly = 0.02;
  const ring = mean('S+C', 'radiusSpread');
  const plane = Math.min(mean('M', 'radiusSpread'), mean('C+M', 'radiusSpread'));
  const isMarginAhead = seeds.every(
    ([both = Number.NaN, margin = Number.NaN, center = Number.NaN, plain = Number.NaN]) =>
      isOrdered([Math.min(both, margin), center, plain]),
  );
  const rows = [
    [
      '(a) Center makes D1 fall and D2 not rise much',
      verdict(falls < 1 && rises < 1.2),
      `D1 × ${falls.toFixed(3)}, D2 × ${rises.toFixed(3)} against S. D2 falls with the whole scale; the letter has D2 × ${(5.9 / 5.6).toFixed(2)}.`,
    ],
    [
      '(b) D2/D1: C+M > M > S+C > S',
      verdict(isOrdered(ratios) && seeds.every(isOrdered), isMarginAhead),
      `Means ${order.map((preset, i) => `${preset} ${ratios[i]?.toFixed(2)}`).join(', ')}; in this order in ${seeds.filter(isOrdered).length} of ${seeds.length} seeds. ${isMarginAhead ? 'Both margin runs are above S+C, and S+C above S, in every seed; C+M and M can’t be told apart.' : ''}`,
    ],
    [
      '(c) Cosine wins while softmax is on, Euclidean when it is dropped',
      verdict(all(cosine) && all(euclidean)),
      `By ten-fold accuracy, the letter's measure, seeds in which cosine won: ${told(cosine)}; in which Euclidean won: ${told(euclidean)}. By AUC, cosine: ${told(wins('AUC', WITH_SOFTMAX, 'cosine'))}; Euclidean: ${told(wins('AUC', WITHOUT_SOFTMAX, 'euclidean'))}.`,
    ],
    [
      '(d) Margin loss can be used alone, after softmax and from the start',
      verdict(tuned > softmax - nearly && alone > softmax - nearly, tuned > softmax - nearly),
      `Accuracy by learned centre: after softmax ${tuned.toFixed(4)}, from the start ${alone.toFixed(4)}; softmax by logits ${softmax.toFixed(4)}. Held where both are within ${nearly} of softmax. From the start these margins push every sample from nine centres at once before there are classes; a softmax warm-up is what makes them work.`,
    ],
    [
      '(e) Centres of margin loss fill the plane, those of softmax + center lie on a ring',
      verdict(plane > 1.5 * ring),
      `Spread of the means' radii (standard deviation over mean; 0 for a ring): S+C ${ring.toFixed(3)}, C+M ${mean('C+M', 'radiusSpread').toFixed(3)}, M ${mean('M', 'radiusSpread').toFixed(3)}. Held where margin's is half as large again.`,
    ],
  ];
  return `## The letter's claims\n\n${table(['claim', 'held', 'what we found'], rows)}`;
}

function verdict(held: boolean, partly = false): string {
  if (held) return 'yes';
  return partly ? '**in part**' : '**no**';
}
