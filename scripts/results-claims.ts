/** The letter's claims as paired differences, and a verdict on each: holds, fails, or undecided. */

import { intervalOf } from '../src/measures/interval.ts';
import type { Metric } from '../src/measures/pairs.ts';
import { type Judgement, judged } from '../src/measures/verdict.ts';
import { verificationName } from '../src/measures/verification.ts';
import { ALONE, PAIR_SEEDS, type Preset, type Result, type StudyName, studyOf } from './letter-study.ts';
import {
  average,
  differences,
  type Reading,
  reading,
  resultsOf,
  type Study,
  table,
} from './results-tables.ts';

const WITH_SOFTMAX: readonly Preset[] = ['S', 'S+C', 'S+M', 'S+C+M'];
const WITHOUT_SOFTMAX: readonly Preset[] = ['C+M', 'M'];
/** Accuracy that margin loss alone may lose against softmax. */
const NEARLY = 0.02;

/** A claim, and what the differences of the pairs say of it. */
export interface Claim {
  readonly claim: string;
  /** Undefined where there are too few pairs. */
  readonly judgement: Judgement | undefined;
  readonly pairs: number;
  /** Of its numbers. */
  readonly digits: number;
  readonly note: string;
}

export function claims(results: readonly Result[]): Claim[] {
  const closed = resultsOf(results, 'closed set');
  const scratch = resultsOf(results, 'margin from the start');
  const alone = resultsOf(results, 'margin alone');
  const open = resultsOf(results, 'open set');
  const faces = resultsOf(results, 'faces');
  const ratio = reading('D2OverD1');
  const between = (a: Preset, b: Preset, read: Reading, study = closed) =>
    differences(study[a], study[b], read);
  /** How much smaller one distance's number is than the other's, in the same run. */
  const within = (study: Study, preset: Preset, worse: Reading, better: Reading) =>
    study[preset].map((result) => worse(result) - better(result));
  const cosineWins = (study: Study, presets: readonly Preset[], part: '' | 'unseen', protocol: string) =>
    presets
      .filter((preset) => study[preset].length > 0)
      .map((preset) => {
        const isOn = WITH_SOFTMAX.includes(preset);
        const [euclidean, cosine] = [errorOf('euclidean', part), errorOf('cosine', part)];
        const values = isOn
          ? within(study, preset, euclidean, cosine)
          : within(study, preset, cosine, euclidean);
        const claim = `(c) ${protocol}, ${preset}: ${isOn ? 'cosine has fewer errors than Euclidean' : 'Euclidean has fewer errors than cosine'}`;
        return claimed(claim, values, { digits: 4 });
      });
  const centred = reading('accuracyByCentre');
  const logits = reading('accuracyByLogits');
  const gain = (study: Study) =>
    differences(study.M, closed.S, centred, logits).map((difference) => difference + NEARLY);
  const radius = reading('radiusSpread');
  const error = reading('unseenEuclideanEER');
  return [
    claimed('(a) Center: D2/D1 of S+C above S', between('S+C', 'S', ratio), {
      digits: 2,
      note: 'D1 alone can’t be claimed: the whole scale shrinks with it',
    }),
    claimed('(b) D2/D1 of M above S+C', between('M', 'S+C', ratio), { digits: 2 }),
    claimed('(b) D2/D1 of C+M above S+C', between('C+M', 'S+C', ratio), { digits: 2 }),
    claimed('(b) D2/D1 of C+M above M', between('C+M', 'M', ratio), { digits: 2 }),
    ...cosineWins(closed, [...WITH_SOFTMAX, ...WITHOUT_SOFTMAX], '', 'digits that training saw'),
    ...cosineWins(open, ['S', 'S+C', ...WITHOUT_SOFTMAX], 'unseen', 'digits never seen'),
    ...cosineWins(faces, ['S', 'S+C', ...WITHOUT_SOFTMAX], 'unseen', 'people never seen'),
    claimed(`(d) M after softmax: accuracy within ${NEARLY} of S`, gain(closed), { digits: 4 }),
    claimed(`(d) M from the start, α₋ 8 at 0.001: within ${NEARLY} of S`, gain(scratch), { digits: 4 }),
    claimed(
      `(d) M from the start, α₋ ${ALONE.alphaMinus} at ${ALONE.learningRate}: within ${NEARLY} of S`,
      gain(alone),
      { digits: 4 },
    ),
    claimed('(e) Radii of the means spread more in M than in S+C', between('M', 'S+C', radius), {
      digits: 3,
    }),
    claimed('(e) Radii of the means spread more in C+M than in S+C', between('C+M', 'S+C', radius), {
      digits: 3,
    }),
    ...(['S+C', 'M', 'C+M'] as const).map((preset) =>
      claimed(`People never seen: EER of ${preset} below S`, between('S', preset, error, faces), {
        digits: 4,
      }),
    ),
    claimed('People never seen: EER of M below S+C', between('S+C', 'M', error, faces), { digits: 4 }),
  ];
}

function claimed(
  claim: string,
  values: readonly number[],
  { digits, note = '' }: { readonly digits: number; readonly note?: string },
): Claim {
  return { claim, judgement: judged(values), pairs: values.length, digits, note };
}

/** The equal error rate of a run: the mean over its draws of pairs, where it has several. */
function errorOf(metric: Metric, part: '' | 'unseen'): Reading {
  const measured = reading(verificationName(metric, 'EER', part));
  return (result) => {
    const draws = result.pairDraws?.map((draw) => draw[`${metric}EER`]);
    return draws === undefined ? measured(result) : average(draws);
  };
}

/** Standard deviation of a run's equal error rate over the draws of its pairs (n − 1), pooled over all runs that have several. */
export function spreadOfDraws(results: readonly Result[], metric: Metric): number {
  const variances = results.flatMap(({ pairDraws = [] }) => {
    const interval = intervalOf(pairDraws.map((draw) => draw[`${metric}EER`]));
    return interval === undefined ? [] : [interval.deviation ** 2];
  });
  return Math.sqrt(average(variances));
}

export function claimsSection(results: readonly Result[]): string {
  const rows = claims(results).map(({ claim, judgement, pairs, digits, note }) => {
    if (judgement === undefined) return [claim, '–', '–', String(pairs), note];
    const { verdict, mean, low, high } = judgement;
    const [middle, least, most] = [mean, low, high].map((value) => value.toFixed(digits));
    return [
      claim,
      verdict === 'holds' ? verdict : `**${verdict}**`,
      `${middle} [${least}, ${most}]`,
      String(pairs),
      note,
    ];
  });
  const draws = (study: StudyName, metric: Metric) => {
    const own = results.filter((result) => studyOf(result) === study);
    const deviation = spreadOfDraws(own, metric);
    return Number.isNaN(deviation) ? '–' : deviation.toFixed(5);
  };
  return `## The letter's claims

Each is a difference of the two runs of a seed (of a held-out pair, of ten people), which share initial weights and batches: what is
claimed to be above zero, its mean and 95 % interval by Student's t. A claim **holds** where the interval lies above zero, **fails** where it
lies below, and is **undecided** where it does neither, or where leaving out any one pair would change that. Errors are equal error rates, of digits
the mean over ${PAIR_SEEDS} draws of pairs, of faces of all pairs. The draw of pairs alone moves them by a standard deviation of
${draws('closed set', 'euclidean')} (Euclidean) and ${draws('closed set', 'cosine')} (cosine) among digits that training saw, ${draws('open set', 'euclidean')} and ${draws('open set', 'cosine')}
among two that it did not.

${table(['claim', 'verdict', 'mean [95 %]', 'pairs', ''], rows)}`;
}
