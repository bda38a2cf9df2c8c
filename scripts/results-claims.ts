/** The letter's claims as paired differences, and a verdict on each: holds, fails, or undecided. */

import type { Preset } from './letter-study.ts';
import { claimRow, differences, type Reading, reading, type Study, table } from './results-tables.ts';

const WITH_SOFTMAX: readonly Preset[] = ['S', 'S+C', 'S+M', 'S+C+M'];
const WITHOUT_SOFTMAX: readonly Preset[] = ['C+M', 'M'];
/** Accuracy that margin loss alone may lose against softmax. */
const NEARLY = 0.02;

export interface ClaimsOf {
  readonly closed: Study;
  /** Margin from the start, with the margins that work after softmax, and with a smaller outer one at a higher rate. */
  readonly scratch: Study;
  readonly alone: Study;
  /** Digits held out, a pair a run. */
  readonly open: Study;
  readonly faces: Study;
}

export function claims({ closed, scratch, alone, open, faces }: ClaimsOf): string {
  const ratio = reading('D2OverD1');
  const between = (a: Preset, b: Preset, read: Reading, study = closed) =>
    differences(study[a], study[b], read);
  /** How much smaller one distance's number is than the other's, in the same run. */
  const within = (study: Study, preset: Preset, worse: string, better: string) =>
    study[preset].map((result) => reading(worse)(result) - reading(better)(result));
  const cosineWins = (study: Study, presets: readonly Preset[], part: string, protocol: string) =>
    presets
      .filter((preset) => study[preset].length > 0)
      .map((preset) => {
        const isOn = WITH_SOFTMAX.includes(preset);
        const [euclidean, cosine] = [name(part, 'Euclidean'), name(part, 'Cosine')];
        const values = isOn
          ? within(study, preset, euclidean, cosine)
          : within(study, preset, cosine, euclidean);
        const claim = `(c) ${protocol}, ${preset}: ${isOn ? 'cosine has fewer errors than Euclidean' : 'Euclidean has fewer errors than cosine'}`;
        return claimRow(claim, values, { digits: 4 });
      });
  const centred = reading('accuracyByCentre');
  const logits = reading('accuracyByLogits');
  const gain = (study: Study) =>
    differences(study.M, closed.S, centred, logits).map((difference) => difference + NEARLY);
  const radius = reading('radiusSpread');
  const error = reading('unseenEuclideanEER');
  const rows = [
    claimRow('(a) Center: D2/D1 of S+C above S', between('S+C', 'S', ratio), {
      digits: 2,
      note: 'D1 alone can’t be claimed: the whole scale shrinks with it',
    }),
    claimRow('(b) D2/D1 of M above S+C', between('M', 'S+C', ratio), { digits: 2 }),
    claimRow('(b) D2/D1 of C+M above S+C', between('C+M', 'S+C', ratio), { digits: 2 }),
    claimRow('(b) D2/D1 of C+M above M', between('C+M', 'M', ratio), { digits: 2 }),
    ...cosineWins(closed, [...WITH_SOFTMAX, ...WITHOUT_SOFTMAX], '', 'digits that training saw'),
    ...cosineWins(open, ['S', 'S+C', ...WITHOUT_SOFTMAX], 'unseen', 'digits never seen'),
    ...cosineWins(faces, ['S', 'S+C', ...WITHOUT_SOFTMAX], 'unseen', 'people never seen'),
    claimRow(`(d) M after softmax: accuracy within ${NEARLY} of S`, gain(closed), { digits: 4 }),
    claimRow(`(d) M from the start, α₋ 8 at 0.001: within ${NEARLY} of S`, gain(scratch), { digits: 4 }),
    claimRow(`(d) M from the start, α₋ 2 at 0.003: within ${NEARLY} of S`, gain(alone), { digits: 4 }),
    claimRow('(e) Radii of the means spread more in M than in S+C', between('M', 'S+C', radius), {
      digits: 3,
    }),
    claimRow('(e) Radii of the means spread more in C+M than in S+C', between('C+M', 'S+C', radius), {
      digits: 3,
    }),
    ...(['S+C', 'M', 'C+M'] as const).map((preset) =>
      claimRow(`People never seen: EER of ${preset} below S`, between('S', preset, error, faces), {
        digits: 4,
      }),
    ),
    claimRow('People never seen: EER of M below S+C', between('S+C', 'M', error, faces), { digits: 4 }),
  ];
  return `## The letter's claims

Each is a difference of the two runs of a seed (of a held-out pair, of ten people), which share initial weights and batches: what is
claimed to be above zero, its mean and 95 % interval by Student's t. A claim **holds** where the interval lies above zero, **fails** where it
lies below, and is **undecided** where it does neither, or where leaving out any one pair would change that. Errors are equal error rates.

${table(['claim', 'verdict', 'mean [95 %]', 'pairs', ''], rows)}`;
}

function name(part: string, metric: 'Euclidean' | 'Cosine'): string {
  return part === '' ? `${metric.toLowerCase()}EER` : `${part}${metric}EER`;
}
