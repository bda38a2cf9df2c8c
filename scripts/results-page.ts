/** docs/results.md from the results of the study: tables beside the letter's, and a verdict on each claim. */

import { headingOf } from '../src/measures/measure.ts';
import { measureNamed } from '../src/measures/measures.ts';
import { METRIC_TEXTS, METRICS, type Metric } from '../src/measures/pairs.ts';
import { verificationName } from '../src/measures/verification.ts';
import {
  ALONE,
  DIMS,
  ELSEWHERE,
  EPOCHS,
  LARGE_EPOCHS,
  LARGE_SEEDS,
  MAP,
  OPEN_EPOCHS,
  OPEN_PAIRS,
  PRESETS,
  type Preset,
  type Result,
  SEEDS,
  studyOf,
  TABLE_TWO,
  TUNED_RATE,
  TUNED_SEEDS,
  USUAL_RATE,
} from './letter-study.ts';
import { claimsSection } from './results-claims.ts';
import { figureLink, mapOf } from './results-figures.ts';
import type { Proof } from './results-proof.ts';
import {
  atTunedRate,
  average,
  LETTER,
  nameOf,
  orderBy,
  reading,
  resultsOf,
  type Study,
  spread,
  table,
  valuesOf,
} from './results-tables.ts';

const headingsOf = (names: readonly string[]) => names.map((name) => headingOf(measureNamed(name)));

export function resultsPage(results: readonly Result[], proof?: Proof): string {
  const closed = resultsOf(results, 'closed set');
  return `${[
    head(results, proof),
    tableTwo(closed),
    claimsSection(results),
    figureLink('claims'),
    accuracies(results),
    tunedRates(results),
    separability(closed),
    verification(closed, PRESETS, '', 'Verification: Euclidean against cosine', CLOSED_TEXT),
    figureLink('verification'),
    openSet(resultsOf(results, 'open set')),
    ofFaces(resultsOf(results, 'faces')),
    fashion(resultsOf(results, 'Fashion-MNIST')),
    fromTheStart(results),
    dimensions(results),
    largeNetwork(resultsOf(results, 'LeNets++')),
    CHOICES,
  ].join('\n\n')}\n`;
}

function head(results: readonly Result[], proof: Proof | undefined): string {
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const own = results.filter((result) => !ELSEWHERE.includes(studyOf(result)));
  const codes = [...new Set(own.map(({ code }) => code))].join(', ');
  const commits = [...new Set(own.map(({ commit }) => commit ?? 'none'))].join(', ');
  const older = results.filter(
    (result) => ELSEWHERE.includes(studyOf(result)) && result.code !== own[0]?.code,
  );
  return `# The letter's MNIST study, reproduced

Written by \`npm run reproduce\`; do not edit. Every number comes from \`npm run experiment\`, the lab's own training code in Node on
WebAssembly with plain SIMD, so that it is the same on every machine (the page may use relaxed SIMD, which rounds otherwise). The lines are
in docs/results.jsonl, each with the command that makes it again: ${results.length} runs, ${(seconds / 3600).toFixed(1)} hours of training.

Commit: ${commits}. Digest of the code that decides the numbers: ${codes}.${
    proof === undefined || proof.made !== codes
      ? ''
      : ` Later code (digest ${proof.code}) repeats\n${proof.runs.length} of the runs, one of every study and combination, to the bit: \`npm run reproduce -- --prove\`.`
  }${
    older.length === 0
      ? ''
      : ` ${older.length} runs on data that are not in the repository are of other code: they were not repeated.`
  }

Unless it says otherwise: the compact network, ${EPOCHS} epochs, seeds ${SEEDS[0]} to ${SEEDS.at(-1)}, mean ± standard deviation over the seeds (n − 1), on the
10,000 test images; the silhouette is of 1,000 of them, the ten folds of 6,000 pairs, all else of verification of 100,000 genuine and 100,000
impostor pairs (of small sets, of all there are). D1 to D3 are on class means. Every table again for a machine: results-tables.json. In the
figures a dot is a run, a bar the mean.`;
}

function tableTwo(closed: Study): string {
  const letters = ['D1', 'D2', 'D3'] as const;
  const ours = [...letters, 'D2OverD1'];
  const rows = (Object.keys(LETTER) as (keyof typeof LETTER)[]).map((preset) => {
    const letter = LETTER[preset];
    return [
      nameOf(preset),
      ...letters.map((name) => letter[name].toFixed(1)),
      (letter.D2 / letter.D1).toFixed(2),
      ...ours.map((name) => spread(closed[preset], name)),
    ];
  });
  const headings = headingsOf(ours);
  return `## Table II of the letter, beside ours

${table(['', ...headings.map((heading) => `${heading}, letter`), ...headings], rows)}

Softmax fixes no scale, and the letter states neither its margins nor its weights on MNIST, nor how long it trained: D1 to D3 themselves
can't be compared with its numbers. D2/D1 has no scale, but depends on network, epochs and rate, too (our S is above the letter's best);
what can be compared is the order of the rows.

Expected, from the letter's Table II: C+M above M, M above S+C, S+C above S by D2/D1. Came: ${orderBy(closed, TABLE_TWO, 'D2OverD1')}.

${figureLink('table-two')}`;
}

function accuracies(results: readonly Result[]): string {
  const closed = resultsOf(results, 'closed set');
  const names = ['accuracyByLogits', 'accuracyByCentre', 'accuracyByTrainingMean'];
  const row = (title: string, own: readonly Result[]) => [title, ...names.map((name) => spread(own, name))];
  const scratch = resultsOf(results, 'margin from the start').M;
  const alone = resultsOf(results, 'margin alone').M;
  const { alphaPlus, alphaMinus, learningRate } = ALONE;
  const rows = [
    ...PRESETS.map((preset) => row(nameOf(preset), closed[preset])),
    row(`M, from the start, α₊ 0.5, α₋ 8, rate ${USUAL_RATE}`, scratch),
    row(`M, from the start, α₊ ${alphaPlus}, α₋ ${alphaMinus}, rate ${learningRate}`, alone),
  ];
  const mean = (own: readonly Result[], name: string) => {
    const values = valuesOf(own, name);
    return values.length === 0 ? '–' : average(values).toFixed(3);
  };
  return `## Accuracy by three rules

${table(['', ...headingsOf(names)], rows)}

Where softmax is off (C+M, M) the classifier is not trained any more, and its logits are stale. Training means are
of the first 10,000 training images.

Expected, from the letter: margin loss decides as well as softmax does, after softmax and from the start. Came: after softmax
${mean(closed.M, 'accuracyByCentre')} by its centres against ${mean(closed.S, 'accuracyByLogits')} by logits; from the start ${mean(scratch, 'accuracyByCentre')} with the same margins,
${mean(alone, 'accuracyByCentre')} with those that were chosen for it on the split.

${figureLink('accuracy')}`;
}

/** The combinations at the rate that is best for each, beside the usual one. */
function tunedRates(results: readonly Result[]): string {
  const closed = resultsOf(results, 'closed set');
  const rows = PRESETS.map((preset) => {
    const tuned = atTunedRate(results, preset);
    const usual = closed[preset].filter(({ seed }) => TUNED_SEEDS.includes(seed));
    return [
      nameOf(preset),
      TUNED_RATE[preset],
      ...['accuracy', 'D2OverD1'].flatMap((name) => [spread(usual, name), spread(tuned, name)]),
    ];
  });
  const at = (name: string) => {
    const study = Object.fromEntries(PRESETS.map((preset) => [preset, atTunedRate(results, preset)]));
    return orderBy(study as Study, PRESETS, name);
  };
  return `## At the learning rate that is best for each

One rate for all is fair to none: that of each combination was chosen on the split of the training set (defaults.md). Seeds ${TUNED_SEEDS[0]} to ${TUNED_SEEDS.at(-1)} for both,
accuracy by each one's own rule.

${table(['', 'its rate', `accuracy at ${USUAL_RATE}`, 'accuracy', `D2/D1 at ${USUAL_RATE}`, 'D2/D1'], rows)}

Expected: softmax gains most, 0.015 at 0.003; the order of D2/D1 stays. Came, by accuracy: ${at('accuracy')}; by D2/D1: ${at('D2OverD1')}.

${figureLink('tuned-rate')}`;
}

const SEPARABILITY = [
  ...['D1OnCentres', 'D2OnCentres', 'D3OnCentres', 'fisherRatio', 'calinskiHarabasz', 'daviesBouldin'],
  ...['silhouette', 'smallestMeanDistance', 'outsideAlphaPlus', 'insideAlphaMinus', 'radiusSpread'],
];

function separability(closed: Study): string {
  const rows = SEPARABILITY.map((name) => [
    ...headingsOf([name]),
    ...PRESETS.map((preset) => spread(closed[preset], name)),
  ]);
  return `## Separability

${table(['', ...PRESETS.map(nameOf)], rows)}

Expected: indices that have no scale agree with D2/D1. Came, by Davies–Bouldin (smaller is better): ${orderBy(closed, PRESETS, 'daviesBouldin')}.

${figureLink('separability')}`;
}

const CLOSED_TEXT = 'Pairs of test images of all ten digits.';
const QUANTITIES = ['AUC', 'EER', 'TARAtFAR1e2', 'TARAtFAR1e3', 'LFW'] as const;

function verification(
  results: Study,
  presets: readonly Preset[],
  part: '' | 'unseen',
  title: string,
  text: string,
): string {
  const namesBy = (metric: Metric) => QUANTITIES.map((quantity) => verificationName(metric, quantity, part));
  const rows = presets.flatMap((preset) =>
    METRICS.map((metric, index) => [
      index === 0 ? nameOf(preset) : '',
      METRIC_TEXTS[metric].adjective,
      ...namesBy(metric).map((name) => spread(results[preset], name)),
    ]),
  );
  return `## ${title}\n\n${text}\n\n${table(['', 'by', ...headingsOf(namesBy('euclidean'))], rows)}`;
}

function openSet(open: Study): string {
  const names = ['openSetAUROC', 'D2OverD1', 'accuracy'];
  const rows = TABLE_TWO.map((preset) => [
    nameOf(preset),
    ...names.map((name) => spread(open[preset], name)),
  ]);
  const text = `${OPEN_PAIRS.length} runs, one for each two of the ten digits, which training never sees, ${OPEN_EPOCHS} epochs, seed 1: mean ± standard
deviation over these. Pairs are among the two digits alone; which digits they are matters more than the loss.`;
  return `${verification(open, TABLE_TWO, 'unseen', 'Open set: two digits held out', text)}

Unknown digits told from known ones by the distance to the nearest learned centre, and the seen digits' own numbers:

${table(['', 'AUROC of unknown', 'D2/D1, seen', 'accuracy, seen'], rows)}

Expected, from the letter: margin below softmax and center by Euclidean distance. Came, by Euclidean error of pairs never seen (smaller is better):
${orderBy(open, TABLE_TWO, 'unseenEuclideanEER')}; by cosine: ${orderBy(open, TABLE_TWO, 'unseenCosineEER')}. The verdicts are above.

${figureLink('open-set')}`;
}

function ofFaces(faces: Study): string {
  const count = faces.S.length;
  const names = ['unseenEuclideanEER', 'unseenCosineEER', 'D2OverD1', 'accuracyByCentre'];
  const rows = TABLE_TWO.map((preset) => [
    nameOf(preset),
    ...names.map((name) => spread(faces[preset], name)),
  ]);
  return `## Faces: people never seen

The letter's protocol in small: 40 people with ten images each (The Database of Faces, AT&T Laboratories Cambridge; Samaria & Harter 1994; not in the
repository), training on 30 of them, verification on all pairs of images of the other ten; ${count} seeds, each with its own ten. 28 × 28, 16 feature
dimensions, batch 64, 1,002 steps, the first 150 softmax, images shifted and mirrored.

${table(['', 'EER unseen, Euclidean', 'EER unseen, cosine', 'D2/D1, seen people', 'accuracy by centre, seen people'], rows)}

Expected, from the letter and from independent code on the same faces: center and margin both below softmax by Euclidean distance, cosine better
for softmax + center, Euclidean for margin. Splits differ more than losses do: the verdicts above are on paired differences. D2/D1 on people that
training saw says nothing of strangers. Came, by Euclidean error (smaller is better): ${orderBy(faces, TABLE_TWO, 'unseenEuclideanEER')}; by cosine:
${orderBy(faces, TABLE_TWO, 'unseenCosineEER')}.

${figureLink('faces')}`;
}

function fashion(study: Study): string {
  const names = ['D1', 'D2', 'D2OverD1', 'accuracyByLogits', 'accuracyByCentre'];
  const rows = TABLE_TWO.map((preset) => [
    nameOf(preset),
    ...names.map((name) => spread(study[preset], name)),
  ]);
  const ratio = (preset: Preset) => study[preset].map(reading('D2OverD1'));
  const isAbove = ratio('S+C').every((value, i) => value > (ratio('M')[i] ?? Number.NaN));
  return `## Fashion-MNIST

Clothes in place of digits, everything else as above, ${study.S.length} seeds.

${table(['', ...headingsOf(names)], rows)}

${
  isAbove && study.S.length > 0
    ? 'The letter’s order of D2/D1 does not hold here: softmax + center lies above both margin runs in every seed.'
    : 'In some seed margin lies above softmax + center by D2/D1, as on digits.'
} Expected: the order on digits. Came: ${orderBy(study, TABLE_TWO, 'D2OverD1')}.

${figureLink('fashion-mnist')}`;
}

/** Accuracy of margin loss from the start over its outer margin and the learning rate. */
function fromTheStart(results: readonly Result[]): string {
  const rows = mapOf(results).map((row, index) => [
    `α₋ ${MAP.alphaMinus[index]}`,
    ...row.map((value) => (Number.isNaN(value) ? '–' : value.toFixed(3))),
  ]);
  const cells = mapOf(results)
    .flatMap((row, r) =>
      row.map((value, c) => ({
        value,
        name: `${value.toFixed(3)} at α₋ ${MAP.alphaMinus[r]} and rate ${MAP.learningRate[c]}`,
      })),
    )
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => b.value - a.value)
    .map(({ name }) => name);
  return `## Margin loss from the start: where it works

Accuracy by the nearest learned centre, α₊ 0.5, no softmax at all, seed 1, ${MAP.epochs} epochs, on the test images. One seed: neighbouring cells may change
places. The margins of "M, from the start" above were not chosen here, but on the split (defaults.md).

${table(['', ...MAP.learningRate.map((rate) => `rate ${rate}`)], rows)}

With the outer margin that is best after softmax (8) every sample is pushed from nine centres at once before there are classes. Expected, from two
seeds of independent code: it works where the margin is small or the rate high. Came: ${cells.length === 0 ? '–' : `${cells[0]} at best, ${cells.at(-1)} at worst`}.

${figureLink('from-the-start')}`;
}

/** The letter's six combinations in wider feature layers. */
function dimensions(results: readonly Result[]): string {
  const own = results.filter((result) => studyOf(result) === 'dimensions');
  const cell = (preset: Preset, dim: number, name: string, digits: number) => {
    const result = own.find((each) => each.preset === preset && each.dim === dim);
    const value = result?.measures[name];
    return value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(digits);
  };
  const rows = PRESETS.map((preset) => [
    nameOf(preset),
    ...DIMS.flatMap((dim) => [cell(preset, dim, 'accuracy', 3), cell(preset, dim, 'D2OverD1', 2)]),
  ]);
  const ratio = (preset: Preset, dim: number) => Number(cell(preset, dim, 'D2OverD1', 2));
  const overSoftmax = (preset: Preset) =>
    DIMS.map((dim) => ratio(preset, dim) / ratio('S', dim))
      .map((times) => (Number.isNaN(times) ? '–' : times.toFixed(1)))
      .join(', ');
  return `## Wider feature layers

Seed 1. Two dimensions are for looking; margins and weights are those of two dimensions.

${table(['', ...DIMS.flatMap((dim) => [`accuracy, ${dim}`, `D2/D1, ${dim}`])], rows)}

Expected: room for ten classes without crowding, so that accuracy rises and margins matter less. Came: D2/D1 over softmax's, by width:
${PRESETS.slice(1)
  .map((preset) => `${preset} ${overSoftmax(preset)}`)
  .join('; ')}.

${figureLink('dimensions')}`;
}

function largeNetwork(large: Study): string {
  const names = ['D1', 'D2', 'D3', 'D2OverD1', 'accuracy', 'euclideanAUC', 'cosineAUC'];
  const presets = ['S', 'M'] as const;
  const rows = presets.map((preset) => [
    nameOf(preset),
    ...names.map((name) => spread(large[preset], name)),
    large[preset][0]?.steps ?? '–',
  ]);
  return `## LeNets++, the letter's network

${LARGE_EPOCHS} epochs, seeds ${LARGE_SEEDS.join(' and ')}, two runs side by side on two cores. M has half of its steps softmax first.

${table(['', 'D1', 'D2', 'D3', 'D2/D1', 'accuracy', 'AUC, Euclidean', 'AUC, cosine', 'steps'], rows)}

Expected, from the letter: margin above softmax. Came: ${orderBy(large, presets, 'D2OverD1')}. Half an epoch is far from
convergence: the compact network still gains between its second epoch and its fifth.

${figureLink('lenets')}`;
}

const CHOICES = `## What was chosen, and how

Margins α₊ 0.5 and α₋ 8, weights λ₁ 0.1, λ₂ 1 alone and 0.015 beside softmax, Adam with learning rate 0.001 and batch 128 are our choice: the letter
states none of them for MNIST. Margins, weights and the rates of each combination were chosen by \`npm run tune\` on a split of the training set
([defaults.md](defaults.md)), never on the test set. "Tuned" is softmax alone for 468 steps, then the objective without
softmax. Equal seeds give all presets equal initial weights and equal batches.`;
