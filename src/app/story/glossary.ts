/** The words of the field, each in a sentence. Shown on hover where a word stands, and together below the losses. */

export const GLOSSARY = {
  embedding: 'What a network makes of an image: a place in a space where distance should mean likeness.',
  feature: 'The numbers of the last hidden layer. Here there are two of them, so each image is a point.',
  agent: 'The weights of a class in the last layer: the direction in which that class lies.',
  centre: 'Where a class sits in feature space; a loss may move it, or the samples towards it.',
  margin: 'Room that a loss demands between classes, as a distance or as an angle.',
  genuine: 'A pair of samples of one class: two pictures of the same person.',
  impostor: 'A pair of samples of two classes: two people who must not be taken for each other.',
  'equal error rate':
    'The share of pairs decided wrongly at the threshold that errs as often on genuine pairs as on impostors.',
  ROC: 'For every threshold the share of genuine pairs accepted against the share of impostors accepted.',
  'open set':
    'Classes that training never saw. A held-out digit plays the stranger: its samples should stand apart from every known class, and together.',
} as const;

export type GlossaryWord = keyof typeof GLOSSARY;
