/** Every measure in a sentence and a formula, in the order of the table. */

export interface MeasureContent {
  /** Name in the evaluation, on the command line and in JSON. */
  readonly name: string;
  readonly title: string;
  readonly sentence: string;
  readonly tex: string;
  /** Undefined where neither is better by itself. */
  readonly better?: 'higher' | 'lower';
}

export const MEASURES: readonly MeasureContent[] = [
  {
    name: 'accuracy',
    title: 'Accuracy',
    sentence:
      'Share of samples classified rightly by the run’s own rule: by logits while softmax is trained, else by the nearest learned centre.',
    tex: String.raw`\tfrac1N\sum_i [\hat y_i = y_i]`,
    better: 'higher',
  },
  {
    name: 'D1',
    title: 'D1',
    sentence: 'Mean distance of a sample to the mean of its own class.',
    tex: String.raw`\tfrac1N\sum_i \lVert x_i-\mu_{y_i}\rVert`,
    better: 'lower',
  },
  {
    name: 'D2',
    title: 'D2',
    sentence: 'Mean distance over all pairs of class means.',
    tex: String.raw`\operatorname{mean}_{j<k}\lVert \mu_j-\mu_k\rVert`,
    better: 'higher',
  },
  {
    name: 'D3',
    title: 'D3',
    sentence: 'Mean distance of a sample to the means of the other classes.',
    tex: String.raw`\operatorname{mean}_{i,\,j\neq y_i}\lVert x_i-\mu_j\rVert`,
    better: 'higher',
  },
  {
    name: 'D2OverD1',
    title: 'D2/D1',
    sentence: 'Separation divided by spread: without a unit, so that runs of different scale compare.',
    tex: 'D_2/D_1',
    better: 'higher',
  },
  {
    name: 'D1OnCentres',
    title: 'D1 on learned centres',
    sentence: 'As D1, with the centre that the run has learnt in place of the class mean.',
    tex: String.raw`\tfrac1N\sum_i \lVert x_i-c_{y_i}\rVert`,
    better: 'lower',
  },
  {
    name: 'D2OnCentres',
    title: 'D2 on learned centres',
    sentence: 'As D2, with the learned centres.',
    tex: String.raw`\operatorname{mean}_{j<k}\lVert c_j-c_k\rVert`,
    better: 'higher',
  },
  {
    name: 'D3OnCentres',
    title: 'D3 on learned centres',
    sentence: 'As D3, with the learned centres.',
    tex: String.raw`\operatorname{mean}_{i,\,j\neq y_i}\lVert x_i-c_j\rVert`,
    better: 'higher',
  },
  {
    name: 'intraVariance',
    title: 'Intra-class variance',
    sentence: 'Mean squared distance to the own class mean.',
    tex: String.raw`S_w=\tfrac1N\sum_i \lVert x_i-\mu_{y_i}\rVert^2`,
    better: 'lower',
  },
  {
    name: 'fisherRatio',
    title: 'Fisher ratio',
    sentence: 'Variance between classes divided by variance within, as traces.',
    tex: String.raw`\frac{\sum_j n_j\lVert\mu_j-\mu\rVert^2}{\sum_i\lVert x_i-\mu_{y_i}\rVert^2}`,
    better: 'higher',
  },
  {
    name: 'calinskiHarabasz',
    title: 'Caliński–Harabasz',
    sentence: 'The Fisher ratio with both sums divided by their degrees of freedom.',
    tex: String.raw`\frac{\sum_j n_j\lVert\mu_j-\mu\rVert^2/(K-1)}{\sum_i\lVert x_i-\mu_{y_i}\rVert^2/(N-K)}`,
    better: 'higher',
  },
  {
    name: 'daviesBouldin',
    title: 'Davies–Bouldin',
    sentence:
      'For each class its worst neighbour: the sum of both spreads over the distance of the means; then the mean over classes.',
    tex: String.raw`\tfrac1K\sum_j\max_{k\neq j}\frac{\sigma_j+\sigma_k}{\lVert\mu_j-\mu_k\rVert}`,
    better: 'lower',
  },
  {
    name: 'silhouette',
    title: 'Silhouette',
    sentence:
      'How much nearer a sample is to its own class (a) than to the next one (b), from −1 to 1; over 1,000 samples.',
    tex: String.raw`\operatorname{mean}_i\frac{b_i-a_i}{\max(a_i,b_i)}`,
    better: 'higher',
  },
  {
    name: 'smallestMeanDistance',
    title: 'Nearest two means',
    sentence: 'The smallest distance between two class means: where confusion begins.',
    tex: String.raw`\min_{j\neq k}\lVert\mu_j-\mu_k\rVert`,
    better: 'higher',
  },
  {
    name: 'radiusSpread',
    title: 'Spread of radii',
    sentence:
      'How unequal the means’ distances to their centroid are: 0 for a ring, more where they fill the plane.',
    tex: String.raw`\frac{\operatorname{sd}_j\lVert\mu_j-\bar\mu\rVert}{\operatorname{mean}_j\lVert\mu_j-\bar\mu\rVert}`,
  },
  {
    name: 'outsideAlphaPlus',
    title: 'Outside α₊',
    sentence: 'Share of samples that are further than α₊ from their own class mean.',
    tex: String.raw`P(\lVert x-\mu_y\rVert>\alpha_+)`,
    better: 'lower',
  },
  {
    name: 'insideAlphaMinus',
    title: 'Inside α₋',
    sentence: 'Share of samples that are nearer than α₋ to some other class mean.',
    tex: String.raw`P(\min_{j\neq y}\lVert x-\mu_j\rVert<\alpha_-)`,
    better: 'lower',
  },
  ...(['euclidean', 'cosine'] as const).flatMap((metric): MeasureContent[] => {
    const by = metric === 'euclidean' ? 'Euclidean' : 'cosine';
    return [
      {
        name: `${metric}AUC`,
        title: `AUC, ${by}`,
        sentence: `The chance that a genuine pair is nearer than an impostor one, by ${by} distance.`,
        tex: String.raw`P(d_g<d_i)+\tfrac12P(d_g=d_i)`,
        better: 'higher',
      },
      {
        name: `${metric}EER`,
        title: `EER, ${by}`,
        sentence:
          'The error at the threshold where as many impostors are accepted as genuine pairs are refused.',
        tex: String.raw`\mathrm{FAR}=1-\mathrm{TAR}`,
        better: 'lower',
      },
      {
        name: `${metric}TARAtFAR1e2`,
        title: `TAR at FAR 1 %, ${by}`,
        sentence: 'Share of genuine pairs accepted where one impostor pair in a hundred is.',
        tex: String.raw`\mathrm{TAR}(\mathrm{FAR}=10^{-2})`,
        better: 'higher',
      },
      {
        name: `${metric}TARAtFAR1e3`,
        title: `TAR at FAR 0.1 %, ${by}`,
        sentence: 'Share of genuine pairs accepted where one impostor pair in a thousand is.',
        tex: String.raw`\mathrm{TAR}(\mathrm{FAR}=10^{-3})`,
        better: 'higher',
      },
      {
        name: `${metric}DPrime`,
        title: `d′, ${by}`,
        sentence: 'Distance of the two distributions’ means in their standard deviations.',
        tex: String.raw`\frac{|m_g-m_i|}{\sqrt{(s_g^2+s_i^2)/2}}`,
        better: 'higher',
      },
      {
        name: `${metric}LFW`,
        title: `LFW accuracy, ${by}`,
        sentence:
          'As faces are measured: ten folds of 300 genuine and 300 impostor pairs, the threshold of nine decides the tenth.',
        tex: String.raw`\tfrac1{10}\sum_f \mathrm{acc}_f(t_{-f})`,
        better: 'higher',
      },
    ];
  }),
  {
    name: 'unseenEuclideanAUC',
    title: 'AUC of unseen digits, Euclidean',
    sentence: 'Verification among the digits that training never saw.',
    tex: String.raw`P(d_g<d_i),\ y\notin\text{training}`,
    better: 'higher',
  },
  {
    name: 'unseenCosineAUC',
    title: 'AUC of unseen digits, cosine',
    sentence: 'The same by angle.',
    tex: String.raw`P(d_g<d_i),\ y\notin\text{training}`,
    better: 'higher',
  },
  {
    name: 'openSetAUROC',
    title: 'Open-set AUROC',
    sentence: 'How well the distance to the nearest learned centre tells unseen digits from seen ones.',
    tex: String.raw`P(\min_j\lVert x_s-c_j\rVert<\min_j\lVert x_u-c_j\rVert)`,
    better: 'higher',
  },
];
