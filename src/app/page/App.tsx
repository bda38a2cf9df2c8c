/** The page. */

import { Tooltip } from '@base-ui/react/tooltip';
import { useState } from 'react';
import { AllMeasures } from '../numbers/AllMeasures.tsx';
import { Curves } from '../numbers/Curves.tsx';
import { InView } from '../numbers/InView.tsx';
import { MeasuresTable } from '../numbers/MeasuresTable.tsx';
import { Verification } from '../numbers/Verification.tsx';
import { Panel } from '../panel/Panel.tsx';
import { Part } from '../parts/Part.tsx';
import type { Commands } from '../state/commands.ts';
import { CommandsContext, useDataSet, usePageState } from '../state/context.ts';
import { titlesOf } from '../state/titles.ts';
import { Explanation } from '../story/Explanation.tsx';
import { Controls } from './Controls.tsx';
import { DropZone } from './DropZone.tsx';
import { Masthead } from './Masthead.tsx';
import { Notices } from './Notices.tsx';
import { Timeline } from './Timeline.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useThemeAttribute } from './theme.ts';
import { ViewBar } from './ViewBar.tsx';
import './App.css';

export function App({ commands }: { readonly commands: Commands }) {
  return (
    <CommandsContext value={commands}>
      <Tooltip.Provider delay={400}>
        <Part name="The page" placeholder={<Failed />}>
          <Page />
        </Part>
      </Tooltip.Provider>
    </CommandsContext>
  );
}

function Page() {
  useThemeAttribute();
  const [hasSheet, setSheet] = useState(false);
  const { credit } = useDataSet();
  return (
    <>
      <Part name="The masthead">
        <Masthead />
      </Part>
      <main>
        <Part name="The toolbar">
          <Toolbar hasSheet={hasSheet} onSheet={setSheet} />
        </Part>
        <div className={hasSheet ? 'workbench has-sheet' : 'workbench'}>
          <div className="stage">
            <Part name="The legend">
              <ViewBar />
            </Part>
            <Panels />
            <Part name="The timeline">
              <Timeline />
            </Part>
          </div>
          <Part name="The controls">
            <Controls />
          </Part>
        </div>
        <div className="numbers">
          <Part name="The curves">
            <Curves />
          </Part>
          <Part name="The table of measures">
            <MeasuresTable />
          </Part>
          <Part name="The verification">
            <InView>
              <Verification />
              <AllMeasures />
            </InView>
          </Part>
        </div>
        <Part name="The explanation">
          <Explanation />
        </Part>
      </main>
      <footer>
        <p>
          {credit} Everything is computed in this browser; nothing is sent anywhere. Code under the MIT
          licence.
        </p>
      </footer>
      <Part name="What the page has to say" placeholder={<p role="alert">The notices could not be shown.</p>}>
        <Notices />
      </Part>
      <Part name="Opening by dropping a file">
        <DropZone />
      </Part>
    </>
  );
}

/** The last resort. What was trained is kept in the browser and offered again. */
function Failed() {
  return (
    <main>
      <p role="alert">The page failed. Reload it: your session is offered again.</p>
    </main>
  );
}

function Panels() {
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
