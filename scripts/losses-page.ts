/** docs/losses.md: every loss with its picture and its numbers. Nothing is ranked that seeds do not tell apart. */

import { activeTerms, decidingTerm, type Objective } from '../src/losses/objective.ts';
import { PRESETS, type Preset, pictureName } from '../src/losses/presets.ts';
import { byKnobs, GROUPS, type TermRecord } from '../src/losses/term.ts';
import { termOf } from '../src/losses/terms.ts';
import { type Interval, intervalOf, spreadText } from '../src/measures/interval.ts';
import { table } from './results-tables.ts';

/** What of a line of `npm run experiment` the page reads. */
export interface LossResult {
  readonly preset: string;
  readonly seed: number;
  readonly heldOut: readonly number[];
  readonly objective: Objective;
  readonly measures: Readonly<Record<string, number>>;
  readonly commit: string;
  /** A digest of the code that made it; lines of before it was kept have none. */
  readonly code?: string;
  readonly kernels: string;
}

export interface StudyFacts {
  readonly seeds: readonly number[];
  /** Of the pictures. */
  readonly drawnSeed: number;
  readonly epochs: number;
  readonly heldOut: string;
}

interface Column {
  readonly heading: string;
  readonly measure: string;
  readonly isOpen?: true;
  readonly better: 'higher' | 'lower';
  readonly digits: number;
}

const COLUMNS: readonly Column[] = [
  { heading: 'accuracy', measure: 'accuracy', better: 'higher', digits: 3 },
  { heading: 'accuracy by learned centre', measure: 'accuracyByCentre', better: 'higher', digits: 3 },
  { heading: 'D2/D1', measure: 'D2OverD1', better: 'higher', digits: 1 },
  { heading: 'EER, Euclidean', measure: 'euclideanEER', better: 'lower', digits: 3 },
  { heading: 'EER, cosine', measure: 'cosineEER', better: 'lower', digits: 3 },
  {
    heading: 'EER of unseen digits, Euclidean',
    measure: 'unseenEuclideanEER',
    isOpen: true,
    better: 'lower',
    digits: 3,
  },
  {
    heading: 'EER of unseen digits, cosine',
    measure: 'unseenCosineEER',
    isOpen: true,
    better: 'lower',
    digits: 3,
  },
  {
    heading: 'unknown digits found (AUROC)',
    measure: 'openSetAUROC',
    isOpen: true,
    better: 'higher',
    digits: 3,
  },
];

export function lossesPage(results: readonly LossResult[], facts: StudyFacts): string {
  return `${[head(results, facts), numbers(results), ...pictures(facts), LEFT_OUT].join('\n\n')}\n`;
}

function head(results: readonly LossResult[], { seeds, epochs, heldOut }: StudyFacts): string {
  const commits = [...new Set(results.map(({ commit }) => commit))].join(', ');
  const codes = [...new Set(results.map(({ code }) => code ?? 'not kept then'))].join(', ');
  return `# All losses: pictures and numbers

Written by \`npm run reproduce -- --losses\`; do not edit. Every number comes from \`npm run experiment\` and is kept in
docs/losses.jsonl, with the command that makes it again: ${results.length} runs, commit ${commits}, digest of the code that decides
the numbers ${codes}, plain SIMD.
The compact network on MNIST, ${epochs} epochs, seeds ${seeds.join(', ')}, learning rate 0.001, weights and knobs as the presets
have them; softmax alone for the first half of the steps where a loss asks for it. Measured on the 10,000 test images;
“unseen” and “unknown” in runs that never saw the digits ${heldOut}. Two epochs show what a loss does to the plane;
they do not show which is best in the end.`;
}

function numbers(results: readonly LossResult[]): string {
  const rows = PRESETS.map((preset) => [
    preset.title,
    ruleOf(preset),
    ...COLUMNS.map((column) => cell(intervalIn(results, preset, column), column)),
  ]);
  return `## Numbers

Mean ± standard deviation over the seeds (n − 1). Accuracy goes by the loss's own rule, which stands beside its name: a loss
that makes blobs beside softmax is better read by the nearest centre than by logits.

${table(['loss', 'decides by', ...COLUMNS.map(({ heading }) => heading)], rows)}

What the seeds do not tell apart is not ranked. For each column, the losses whose 95 % interval (Student's t) overlaps with
that of the best mean:

${COLUMNS.map((column) => `- **${column.heading}**: ${besides(results, column)}`).join('\n')}`;
}

function cell(interval: Interval | undefined, { digits }: Column): string {
  return interval === undefined ? '–' : spreadText(interval, digits);
}

/** Every loss that may be the best of a column. */
function besides(results: readonly LossResult[], column: Column): string {
  const known = PRESETS.flatMap((preset) => {
    const interval = intervalIn(results, preset, column);
    return interval === undefined ? [] : [{ preset, interval }];
  });
  const sign = column.better === 'higher' ? 1 : -1;
  const best = known.reduce<(typeof known)[number] | undefined>(
    (first, each) =>
      first === undefined || sign * (each.interval.mean - first.interval.mean) > 0 ? each : first,
    undefined,
  );
  if (best === undefined) return 'no runs yet';
  const overlaps = ({ interval }: (typeof known)[number]) =>
    interval.low <= best.interval.high && best.interval.low <= interval.high;
  const named = known.filter(overlaps).map(({ preset }) => preset.title);
  return named.length === known.length ? 'all of them' : named.join(', ');
}

function intervalIn(results: readonly LossResult[], { name }: Preset, { measure, isOpen }: Column) {
  const own = results.filter(
    ({ preset, heldOut }) => preset === name && heldOut.length > 0 === (isOpen === true),
  );
  return intervalOf(own.flatMap(({ measures }) => measures[measure] ?? []));
}

function ruleOf({ objective }: Preset): string {
  const { id, knobs } = decidingTerm(objective);
  return byKnobs(termOf(id).rule, knobs);
}

function pictures({ drawnSeed }: StudyFacts): string[] {
  const termIn = ({ term, objective }: Preset): TermRecord =>
    term ?? termOf(activeTerms(objective).at(-1)?.id ?? 'softmax');
  return GROUPS.map((group) => {
    const own = PRESETS.filter((preset) => termIn(preset).group === group);
    return [`## ${group}`, ...own.map((preset) => entry(preset, termIn(preset), drawnSeed))].join('\n\n');
  });
}

function entry(preset: Preset, { sentence, source }: TermRecord, drawnSeed: number): string {
  const { title } = preset;
  return `### ${title}

![${title}: test samples of seed ${drawnSeed} with decision regions](losses/${pictureName(preset)}.svg)

${preset.sentence ?? sentence} Source: [${source.text}](${source.url}).`;
}

const LEFT_OUT = `## Left out on purpose

- **Contrastive-center** (Qi, Su 2017): a quotient of distances. Its force is a hundredth of the others', it fixes no scale,
  so the plane grows without end, and beside softmax nothing is to be seen of it.
- **AdaCos** (Zhang et al. 2019): NormFace with a scale that follows the batch. On ten classes it ends near the scales that
  the slider has, at the price of a state of its own.
- **One-vs-all hinges**: ten classes of two features can't be cut off one by one with lines through the origin; they
  collapse from a random start and after softmax. Crammer–Singer's and Weston–Watkins' are here.
- **SphereFace2, SphereFace-R**: further stars on the circle, with five knobs or with a gradient that is not that of the loss.
- **C-contrastive of NormFace**: the normalised form of margin, with agents in place of centres.
- **Center-invariant**: it moves centres alone, and centres follow their samples here.
- **Marginal, N-pair, multi-similarity, circle, Proxy-NCA, Proxy-Anchor**: made for many classes and many dimensions; in
  two they show a worse star. Proxy-NCA is L-GM without its margin.`;
