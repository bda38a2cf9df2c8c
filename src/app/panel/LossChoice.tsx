/** The loss of a run: three radios, and beside them every other combination that has a name. */

import { lazy } from 'react';
import { presetLike, RADIO_PRESETS, withKnobsOf } from '../../losses/presets.ts';
import { Part } from '../parts/Part.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import { objectiveInControls } from '../state/controls-shown.ts';
import '../parts/radios.css';
import './LossChoice.css';

/** Not needed for the first picture. */
const MoreLosses = lazy(() => import('./MoreLosses.tsx').then((module) => ({ default: module.MoreLosses })));

export interface LossChoiceProps {
  readonly run: number;
  /** Of the note that says which step it shows, where that is not the newest. */
  readonly noteId: string;
}

export function LossChoice({ run, noteId }: LossChoiceProps) {
  const commands = useCommands();
  const objective = usePageState((state) => objectiveInControls(state, run));
  if (objective === undefined) return null;
  const chosen = presetLike(objective)?.name;
  return (
    <div className="loss-choice">
      <div role="radiogroup" aria-label="Loss" aria-describedby={noteId} className="radios">
        {RADIO_PRESETS.map((preset) => (
          <label key={preset.name}>
            <input
              type="radio"
              name={`loss-${run}`}
              checked={chosen === preset.name}
              onChange={() => commands.setObjective(run, withKnobsOf(preset, objective))}
            />
            <span>{preset.title}</span>
          </label>
        ))}
      </div>
      <Part name="The menu of losses" placeholder={<span className="more-losses" />}>
        <MoreLosses run={run} chosen={chosen} />
      </Part>
    </div>
  );
}
