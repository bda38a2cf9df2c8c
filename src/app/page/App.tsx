/** The page: its frame, in which each section has its place. */

import { Tooltip } from '@base-ui/react/tooltip';
import { useState } from 'react';
import { Part } from '../parts/Part.tsx';
import type { Commands } from '../state/commands.ts';
import { CommandsContext, useDataSet, usePageState } from '../state/context.ts';
import { LinkToLab } from './LinkToLab.tsx';
import { Masthead } from './Masthead.tsx';
import { MODE, type Mode } from './mode.ts';
import { SECTIONS, type Section } from './sections.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useThemeAttribute } from './theme.ts';
import './App.css';
import './plots-alone.css';

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
  return MODE === 'lab' ? <Lab /> : <PlotsAlone mode={MODE} />;
}

/** The plots and their timeline: for a lecture, or in a frame of another page. */
function PlotsAlone({ mode }: { readonly mode: Mode }) {
  return (
    <main className={`plots-alone is-${mode}`}>
      <LinkToLab mode={mode} />
      <div className="stage">
        <Sections place="stage" />
      </div>
      <Sections place="dock" />
      <Sections place="over" />
    </main>
  );
}

function Lab() {
  const [hasSheet, setSheet] = useState(false);
  const { credit } = useDataSet();
  const onSheet = (isThere: boolean) => {
    setSheet(isThere);
    // What the controls change stays in sight above them.
    if (isThere && window.matchMedia('(width < 800px)').matches)
      document.querySelector('.panels')?.scrollIntoView({ block: 'start' });
  };
  return (
    <>
      <Part name="The masthead">
        <Masthead />
      </Part>
      <main>
        <Part name="The toolbar">
          <Toolbar hasSheet={hasSheet} onSheet={onSheet} />
        </Part>
        <div className={hasSheet ? 'workbench has-sheet' : 'workbench'}>
          <div className="stage">
            <Sections place="stage" />
          </div>
          <Sections place="side" />
          <div className="numbers">
            <Sections place="numbers" />
          </div>
        </div>
        <Sections place="story" />
        <Sections place="dock" />
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
  const open = usePageState((state) =>
    SECTIONS.filter(({ isOpen }) => isOpen?.(state) ?? true)
      .map(({ id }) => id)
      .join(),
  );
  const isHere = ({ id, place: own, modes = ['lab'] }: Section) =>
    own === place && modes.includes(MODE) && open.split(',').includes(id);
  return SECTIONS.filter(isHere).map(({ id, title, component: Component, placeholder }) => (
    <Part key={id} name={title} placeholder={placeholder}>
      <Component />
    </Part>
  ));
}

/** The last resort. What was trained is kept in the browser and offered again. */
function Failed() {
  return (
    <main>
      <p role="alert">The page failed. Reload it: your session is offered again.</p>
    </main>
  );
}
