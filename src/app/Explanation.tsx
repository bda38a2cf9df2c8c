/** The losses in words and equations, the chosen one first in view; the letter's own weights; the source. */

import { DOI, JOINT_TEX, LETTER_WEIGHTS, LOSS_CONTENT } from '../content/losses.ts';
import { LOSS_NAMES, lossNameOf } from '../losses/objective.ts';
import { useLabState } from './context.ts';
import { Equation } from './Equation.tsx';

export function Explanation() {
  const chosen = useLabState(({ experiment, selectedRun }) => {
    const objective = experiment.runs[selectedRun]?.objective;
    return objective === undefined ? undefined : lossNameOf(objective);
  });
  return (
    <section className="explanation" aria-label="The losses">
      <p>
        One objective, changed while it trains: <Equation tex={JOINT_TEX} />
      </p>
      <ul className="losses">
        {LOSS_NAMES.map((name) => (
          <li key={name} className={name === chosen ? 'chosen' : undefined}>
            <h3>{LOSS_CONTENT[name].title}</h3>
            <p>{LOSS_CONTENT[name].sentence}</p>
            <Equation tex={LOSS_CONTENT[name].tex} isBlock />
          </li>
        ))}
      </ul>
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
        Gao, Yang, Yang, Liao: <cite>Margin Loss: Making Faces More Separable</cite>. IEEE Signal Processing
        Letters 25(2), 2018. <a href={DOI}>doi:10.1109/LSP.2017.2789251</a>
      </p>
    </section>
  );
}
