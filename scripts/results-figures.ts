/** The figures of docs/results.md: the same numbers as its tables, a dot a run. */

import { verificationName } from '../src/measures/verification.ts';
import { type Claimed, dots, type Group, grid, intervals } from './figures.ts';
import {
  ALONE,
  DIMS,
  EPOCHS,
  MAP,
  OPEN_EPOCHS,
  PRESETS,
  type Preset,
  type Result,
  studyOf,
  TABLE_TWO,
  TUNED_SEEDS,
  USUAL_RATE,
  variantOf,
} from './letter-study.ts';
import { type Claim, claims } from './results-claims.ts';
import { atTunedRate, LETTER, nameOf, resultsOf, type Study, valuesOf } from './results-tables.ts';

/** By the name of the file, without .svg, in docs/results. */
export type FigureName =
  | 'table-two'
  | 'claims'
  | 'accuracy'
  | 'tuned-rate'
  | 'separability'
  | 'verification'
  | 'open-set'
  | 'faces'
  | 'fashion-mnist'
  | 'from-the-start'
  | 'dimensions'
  | 'lenets';

export const FIGURE_TITLES: Record<FigureName, string> = {
  'table-two': 'D2/D1 by loss, ours and the letter’s',
  claims: 'The letter’s claims, each by its paired differences',
  accuracy: 'Accuracy by three rules',
  'tuned-rate': 'Accuracy at the usual learning rate and at each loss’s own',
  separability: 'Davies–Bouldin index by loss: smaller is better separated',
  verification: 'Equal error rate on digits that training saw',
  'open-set': 'Equal error rate on two digits never seen',
  faces: 'Equal error rate on people never seen',
  'fashion-mnist': 'D2/D1 on Fashion-MNIST',
  'from-the-start': 'Margin loss from the start: accuracy by nearest centre',
  dimensions: 'D2/D1 by width of the feature layer',
  lenets: `D2/D1 of LeNets++, far from convergence`,
};

/** A figure in the page. */
export function figureLink(name: FigureName): string {
  return `![${FIGURE_TITLES[name]}](results/${name}.svg)`;
}

export function resultsFigures(results: readonly Result[]): Record<FigureName, string> {
  const closed = resultsOf(results, 'closed set');
  const large = resultsOf(results, 'LeNets++');
  const one = (study: Study, presets: readonly Preset[], name: string): Group[] =>
    presets.map((preset) => ({
      label: nameOf(preset),
      series: [{ name, values: valuesOf(study[preset], name) }],
    }));
  const draw = (name: FigureName, groups: readonly Group[], axis: string, references?: string) =>
    dots(groups, { title: FIGURE_TITLES[name], axis, ...(references === undefined ? {} : { references }) });
  return {
    'table-two': draw(
      'table-two',
      TABLE_TWO.map((preset) => {
        const letter = LETTER[preset as keyof typeof LETTER];
        const values = valuesOf(closed[preset], 'D2OverD1');
        return {
          label: nameOf(preset),
          series: [{ name: 'ours', values, reference: letter.D2 / letter.D1 }],
        };
      }),
      `D2/D1 on test images, a dot a seed, ${EPOCHS} epochs`,
      'the letter',
    ),
    claims: intervals(claims(results).flatMap(claimed), FIGURE_TITLES.claims),
    accuracy: draw('accuracy', accuracies(results), 'accuracy on the test images, a dot a seed'),
    'tuned-rate': draw(
      'tuned-rate',
      PRESETS.map((preset) => ({
        label: nameOf(preset),
        series: [
          {
            name: `rate ${USUAL_RATE}`,
            values: valuesOf(
              closed[preset].filter(({ seed }) => TUNED_SEEDS.includes(seed)),
              'accuracy',
            ),
          },
          { name: 'its own rate', values: valuesOf(atTunedRate(results, preset), 'accuracy') },
        ],
      })),
      'accuracy by the loss’s own rule, a dot a seed',
    ),
    separability: draw('separability', one(closed, PRESETS, 'daviesBouldin'), 'Davies–Bouldin index'),
    verification: draw('verification', errors(closed, PRESETS, ''), 'equal error rate, a dot a seed'),
    'open-set': draw(
      'open-set',
      errors(resultsOf(results, 'open set'), TABLE_TWO, 'unseen'),
      `equal error rate, a dot a pair of digits, ${OPEN_EPOCHS} epochs`,
    ),
    faces: draw(
      'faces',
      errors(resultsOf(results, 'faces'), TABLE_TWO, 'unseen'),
      'equal error rate, a dot a seed with ten people of its own',
    ),
    'fashion-mnist': draw(
      'fashion-mnist',
      one(resultsOf(results, 'Fashion-MNIST'), TABLE_TWO, 'D2OverD1'),
      'D2/D1 on test images, a dot a seed',
    ),
    'from-the-start': fromTheStart(results),
    dimensions: draw('dimensions', byDimension(results), 'D2/D1 on test images, seed 1'),
    lenets: draw('lenets', one(large, ['S', 'M'], 'D2OverD1'), 'D2/D1 on test images, a dot a seed'),
  };
}

function claimed({ claim, judgement }: Claim): Claimed[] {
  return judgement === undefined ? [] : [{ label: claim, ...judgement }];
}

function accuracies(results: readonly Result[]): Group[] {
  const closed = resultsOf(results, 'closed set');
  const group = (label: string, own: readonly Result[], isTrained: boolean): Group => ({
    label,
    series: [
      // Without softmax the classifier is not trained, and its logits are stale.
      ...(isTrained ? [{ name: 'logits', values: valuesOf(own, 'accuracyByLogits') }] : []),
      { name: 'learned centre', values: valuesOf(own, 'accuracyByCentre') },
      { name: 'training mean', values: valuesOf(own, 'accuracyByTrainingMean') },
    ],
  });
  return [
    ...PRESETS.map((preset) => group(nameOf(preset), closed[preset], preset.startsWith('S'))),
    group('M from the start, α₋ 8', resultsOf(results, 'margin from the start').M, false),
    group(`M from the start, α₋ ${ALONE.alphaMinus}`, resultsOf(results, 'margin alone').M, false),
  ];
}

function errors(study: Study, presets: readonly Preset[], part: '' | 'unseen'): Group[] {
  return presets.map((preset) => ({
    label: nameOf(preset),
    series: [
      {
        name: 'Euclidean',
        values: valuesOf(study[preset], verificationName('euclidean', 'EER', part)),
      },
      { name: 'cosine', values: valuesOf(study[preset], verificationName('cosine', 'EER', part)) },
    ],
  }));
}

/** Accuracy of margin loss from the start, by outer margin and rate; NaN where there is no run. */
export function mapOf(results: readonly Result[]): number[][] {
  const runs = results.filter((result) => studyOf(result) === 'map');
  const byVariant = new Map(runs.map((result) => [variantOf(result), result.measures.accuracyByCentre]));
  return MAP.alphaMinus.map((margin) =>
    MAP.learningRate.map((rate) => byVariant.get(`${margin} ${rate}`) ?? Number.NaN),
  );
}

/** The same for the page, null where there is no run. */
export function mapJson(results: readonly Result[]): string {
  const { alphaMinus, learningRate } = MAP;
  const list = (values: readonly number[]) =>
    `[${values.map((value) => (Number.isNaN(value) ? 'null' : value)).join(', ')}]`;
  const rows = mapOf(results).map((row) => `    ${list(row)}`);
  return `{
  "alphaMinus": ${list(alphaMinus)},
  "learningRate": ${list(learningRate)},
  "accuracy": [
${rows.join(',\n')}
  ]
}
`;
}

function fromTheStart(results: readonly Result[]): string {
  return grid({
    title: FIGURE_TITLES['from-the-start'],
    rows: MAP.alphaMinus.map((margin) => `α₋ ${margin}`),
    columns: MAP.learningRate.map((rate) => `rate ${rate}`),
    values: mapOf(results).map((row) => row.map((value) => (Number.isNaN(value) ? 0 : value))),
  });
}

function byDimension(results: readonly Result[]): Group[] {
  const own = results.filter((result) => studyOf(result) === 'dimensions');
  return PRESETS.map((preset) => ({
    label: nameOf(preset),
    series: DIMS.map((dim) => ({
      name: `${dim} wide`,
      values: valuesOf(
        own.filter((result) => result.preset === preset && result.dim === dim),
        'D2OverD1',
      ),
    })),
  }));
}
