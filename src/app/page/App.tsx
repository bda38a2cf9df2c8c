/** The page: its frame, in which each section has its place. */

import { Tooltip } from '@base-ui/react/tooltip';
import { useState } from 'react';
import { Part } from '../parts/Part.tsx';
import type { Commands } from '../state/commands.ts';
import { CommandsContext, useDataSet } from '../state/context.ts';
import { Masthead } from './Masthead.tsx';
import { SECTIONS, type Section } from './sections.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useThemeAttribute } from './theme.ts';
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
            <Sections place="stage" />
          </div>
          <Sections place="side" />
        </div>
        <div className="numbers">
          <Sections place="numbers" />
        </div>
        <Sections place="story" />
      </main>
      <footer>
        <p>
          <span>
            {`${credit} Everything is computed in this browser; nothing is sent anywhere. Code under the MIT licence, with `}
          </span>
          <a href="./third-party-notices.txt">work of others</a>
          <span>.</span>
        </p>
      </footer>
      <Sections place="over" />
    </>
  );
}

function Sections({ place }: Pick<Section, 'place'>) {
  return SECTIONS.filter((section) => section.place === place).map(
    ({ id, title, component: Component, placeholder }) => (
      <Part key={id} name={title} placeholder={placeholder}>
        <Component />
      </Part>
    ),
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
