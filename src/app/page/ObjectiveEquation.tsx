/** What the selected run minimises, with its weights, and what its terms stand for. */

import { objectiveTex, termTex, valuesTex } from '../../losses/equation.ts';
import { activeTerms } from '../../losses/objective.ts';
import { termOf } from '../../losses/terms.ts';
import { Equation } from '../parts/Equation.tsx';
import { useCalm } from '../state/calm.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { objectiveInControls } from '../state/controls-shown.ts';
import { samplesShown } from '../state/selectors.ts';
import './ObjectiveEquation.css';

export function ObjectiveEquation() {
  const objective = usePageState((state) => objectiveInControls(state, state.selectedRun));
  if (objective === undefined) return null;
  return (
    <section className="objective-equation" aria-label="Objective">
      <Equation tex={objectiveTex(objective)} />
      <OnPinned />
      <ul>
        {activeTerms(objective).map(({ id, knobs }) => (
          <li key={id}>
            <Equation tex={termTex(termOf(id), knobs)} isBlock />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same with the numbers of the first pinned sample, while forces are shown. */
function OnPinned() {
  const pin = usePageState((state) => {
    if (!state.showsForces) return undefined;
    const row = state.forces[state.selectedRun]?.pins[0]?.row;
    return row === undefined ? undefined : samplesShown(state)?.indices[row];
  });
  const { store } = useCommands();
  const values = useCalm(() => {
    const { forces, selectedRun } = store.getState();
    return forces[selectedRun]?.pins[0]?.values;
  });
  if (pin === undefined || values === undefined || values.length === 0) return null;
  return (
    <p className="on-pinned">
      <span>{`Sample ${pin}: `}</span>
      <Equation tex={valuesTex(values)} />
    </p>
  );
}
