/** What the symbols of the equations stand for: those that all losses share; a term's own are its knobs. */

import { byKnobs, type Knobs, type TermRecord } from '../../losses/term.ts';

export interface EquationSymbol {
  /** As TeX. */
  readonly tex: string;
  readonly text: string;
}

/** How each shared symbol is found in an equation's TeX. */
const SHARED: readonly (EquationSymbol & { readonly found: RegExp })[] = [
  { tex: 'B', found: /(?<![A-Za-z\\])B(?![A-Za-z])/, text: 'the number of images in a batch' },
  { tex: 'x_i', found: /x_/, text: 'the feature of sample i: its two numbers, the point in the plot' },
  { tex: String.raw`\hat x_i`, found: /\\hat\s*\{?x/, text: 'the feature’s direction: scaled to length 1' },
  { tex: 'y_i', found: /y_/, text: 'the class of sample i' },
  { tex: 'l_{ij}', found: /l_\{ij\}/, text: '+ where class j is the sample’s own, − for all others' },
  { tex: 'w_j', found: /w_/, text: 'the agent of class j: its column in the last layer' },
  { tex: 'c_j', found: /c_/, text: 'the centre of class j: it follows the features of its class' },
  { tex: String.raw`\mu_j`, found: /\\mu_/, text: 'the mean of class j, which is trained' },
  {
    tex: String.raw`\theta_j`,
    found: /\\theta/,
    text: 'the angle between a feature and the agent of class j',
  },
  { tex: 'd', found: /(?<![A-Za-z\\])d(?![A-Za-z])/, text: 'a distance between features' },
  { tex: '[z]_+', found: /_\+/, text: 'z where it is positive, else 0' },
  { tex: String.raw`\lVert z\rVert`, found: /Vert/, text: 'the length of z' },
];

/** The symbols of a term's equation, as its knobs are set: shared ones, then its own knobs with their values. */
export function symbolsOf(record: TermRecord, knobs: Knobs): readonly EquationSymbol[] {
  const tex = byKnobs(record.tex, knobs);
  const shared = SHARED.filter(({ found }) => found.test(tex)).map(({ tex: own, text }) => ({
    tex: own,
    text,
  }));
  const own = record.knobs.flatMap((knob) =>
    knob.kind === 'number'
      ? [
          {
            tex: String.raw`\text{${knob.symbol}}`,
            text: `${knob.help} Now ${knobs[knob.key] ?? knob.default}.`,
          },
        ]
      : [],
  );
  return [...shared, ...own];
}
