/** What the selected run minimises, with its weights, and what its terms stand for. */

import { objectiveTex, termTex } from '../../losses/equation.ts';
import { activeTerms } from '../../losses/objective.ts';
import { termOf } from '../../losses/terms.ts';
import { Equation } from '../parts/Equation.tsx';
import { usePageState } from '../state/context.ts';
import { objectiveInControls } from '../state/controls-shown.ts';
import './ObjectiveEquation.css';

export function ObjectiveEquation() {
  const objective = usePageState((state) => objectiveInControls(state, state.selectedRun));
  if (objective === undefined) return null;
  return (
    <section className="objective-equation" aria-label="Objective">
      <Equation tex={objectiveTex(objective)} />
      <ul>
        {activeTerms(objective).map(({ id }) => (
          <li key={id}>
            <Equation tex={termTex(termOf(id))} isBlock />
          </li>
        ))}
      </ul>
    </section>
  );
}
