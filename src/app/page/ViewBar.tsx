/** How the panels are looked at: which class is lit, what is chosen, one scale or each its own, linked zoom; and one more panel. */

import { MAX_RUNS } from '../../training/link/protocol.ts';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { Chosen } from './Chosen.tsx';
import { Legend } from './Legend.tsx';
import '../parts/radios.css';
import './ViewBar.css';

export function ViewBar() {
  const commands = useCommands();
  const sharesScale = usePageState((state) => state.sharesScale);
  const linksZoom = usePageState((state) => state.linksZoom);
  const isFull = usePageState(({ experiment }) => experiment.runs.length >= MAX_RUNS);
  return (
    <div className="view-bar">
      <Legend />
      <Chosen />
      <div className="view-settings">
        <div role="radiogroup" aria-label="Scale" className="radios">
          {[false, true].map((shared) => (
            <Hint key={String(shared)} text={shared ? HELP.sameScale : HELP.fitEach}>
              <label>
                <input
                  type="radio"
                  name="scale"
                  checked={sharesScale === shared}
                  onChange={() => commands.show({ sharesScale: shared })}
                />
                <span>{shared ? 'Same scale' : 'Fit each'}</span>
              </label>
            </Hint>
          ))}
        </div>
        <Hint text={HELP.linkZoom}>
          <label className="check">
            <input
              type="checkbox"
              checked={linksZoom}
              onChange={(event) => commands.show({ linksZoom: event.target.checked })}
            />
            <span>Link zoom</span>
          </label>
        </Hint>
        <Hint text={HELP.addPanel}>
          <button type="button" disabled={isFull} onClick={() => commands.addRun()}>
            Add panel
          </button>
        </Hint>
      </div>
    </div>
  );
}
