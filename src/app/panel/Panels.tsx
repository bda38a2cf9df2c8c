/** The panels, one a run; each may fail by itself. */

import { Part } from '../parts/Part.tsx';
import { usePageState } from '../state/context.ts';
import { titlesOf } from '../state/titles.ts';
import { Panel } from './Panel.tsx';
import './Panels.css';

export function Panels() {
  const titles = usePageState(({ experiment }) => titlesOf(experiment.runs).join('\n'));
  const runs = titles.split('\n');
  return (
    <div className={`panels of-${runs.length}`}>
      {runs.map((title, run) => (
        <Part key={title} name={`The panel “${title}”`}>
          <Panel run={run} />
        </Part>
      ))}
    </div>
  );
}
