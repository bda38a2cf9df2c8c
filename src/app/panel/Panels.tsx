/** The panels, one a run; each may fail by itself. */

import { Part } from '../parts/Part.tsx';
import { usePageState } from '../state/context.ts';
import { Key } from './Key.tsx';
import { Panel } from './Panel.tsx';
import { WalkedSample } from './WalkedSample.tsx';
import './Panels.css';

export function Panels() {
  const panels = usePageState((state) => state.panels);
  return (
    <>
      <div className={`panels of-${panels.length}`}>
        {panels.map((panel, run) => (
          <Part key={panel} name={`Panel ${run + 1}`}>
            <Panel run={run} />
          </Part>
        ))}
      </div>
      <Key />
      <WalkedSample />
    </>
  );
}
