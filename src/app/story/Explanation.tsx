/** The losses in words and equations, the chosen one first in view; the letter's own weights; the source. */

import { combinationTex, jointTex } from '../../losses/equation.ts';
import { activeTerms, defaultKnobs, type Objective } from '../../losses/objective.ts';
import { presetLike, presetNamed, RADIO_PRESETS } from '../../losses/presets.ts';
import type { Knobs, TermRecord } from '../../losses/term.ts';
import { LETTER_TERMS, termOf } from '../../losses/terms.ts';
import { Equation } from '../parts/Equation.tsx';
import { usePageState } from '../state/context.ts';
import { objectiveInControls } from '../state/controls-shown.ts';
import { GLOSSARY } from './glossary.ts';
import { LossEntry, LossLibrary, Symbols } from './LossLibrary.tsx';
import { DOI, LETTER_WEIGHTS } from './letter.ts';
import './Explanation.css';

const LETTER_JOINT = jointTex(presetNamed('S').objective);

/** What a combination says is what its last term adds. */
const COMBINATIONS = RADIO_PRESETS.map(({ name, title, objective }) => ({
  name,
  title,
  record: termOf(activeTerms(objective).at(-1)?.id ?? LETTER_TERMS.head),
  tex: combinationTex(objective),
}));

export function Explanation() {
  const objective = usePageState((state) => objectiveInControls(state, state.selectedRun));
  const chosen = objective === undefined ? undefined : presetLike(objective)?.name;
  return (
    <section className="explanation surface" aria-label="The losses">
      <p>
        <span>{'One objective, changed while it trains: '}</span>
        <Equation tex={LETTER_JOINT} />
      </p>
      <ul className="losses">
        {COMBINATIONS.map(({ name, title, record, tex }) => (
          <li key={name} className={name === chosen ? 'chosen' : undefined}>
            <h3>{title}</h3>
            <p>{record.sentence}</p>
            <Equation tex={tex} isBlock />
            <Symbols record={record} knobs={defaultKnobs(record)} />
          </li>
        ))}
        {furtherTerms(objective).map(({ record, knobs }) => (
          <li key={record.id} className="chosen">
            <LossEntry record={record} knobs={knobs} />
          </li>
        ))}
      </ul>
      <LossLibrary />
      <details>
        <summary>Words of the field</summary>
        <dl className="glossary">
          {Object.entries(GLOSSARY).map(([word, text]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details>
        <summary>The letter’s own weights</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">λ₀</th>
              <th scope="col">λ₁</th>
              <th scope="col">λ₂</th>
            </tr>
          </thead>
          <tbody>
            {LETTER_WEIGHTS.map(({ name, weights }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{weights[0]}</td>
                <td>{weights[1]}</td>
                <td>{weights[2]}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          From its face experiments; “tuned” means softmax first. The letter states neither weights for MNIST
          nor any margins, so the lab’s defaults are our choice, made on a split of the training set.
        </p>
      </details>
      <p>
        <span>{'Gao, Yang, Yang, Liao: '}</span>
        <cite>Margin Loss: Making Faces More Separable</cite>
        <span>{'. IEEE Signal Processing Letters 25(2), 2018. '}</span>
        <a href={DOI}>doi:10.1109/LSP.2017.2789251</a>
      </p>
    </section>
  );
}

/** The active terms that are none of the letter's, or of another form than its own. */
function furtherTerms(objective: Objective | undefined): { record: TermRecord; knobs: Knobs }[] {
  if (objective === undefined) return [];
  return activeTerms(objective)
    .map(({ id, knobs }) => ({ record: termOf(id), knobs }))
    .filter(({ record, knobs }) => record.id !== LETTER_TERMS[record.slot] || isVariant(record, knobs));
}

function isVariant(record: TermRecord, knobs: Knobs): boolean {
  return record.knobs.some(
    ({ kind, key, default: usual }) => kind !== 'number' && (knobs[key] ?? usual) !== usual,
  );
}
