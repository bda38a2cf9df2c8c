/** The page. */

import { Tooltip } from '@base-ui/react/tooltip';
import { HELP } from '../content/help.ts';
import { Controls } from './Controls.tsx';
import { Curves } from './Curves.tsx';
import { LabContext, useLab, useLabState } from './context.ts';
import { Explanation } from './Explanation.tsx';
import { Hint } from './Hint.tsx';
import { Legend } from './Legend.tsx';
import type { LabControls } from './lab.ts';
import { Panel } from './Panel.tsx';
import type { ThemeChoice } from './store.ts';
import { Toolbar } from './Toolbar.tsx';
import { useThemeAttribute } from './theme.ts';

export function App({ lab }: { readonly lab: LabControls }) {
  return (
    <LabContext value={lab}>
      <Tooltip.Provider delay={400}>
        <Page />
      </Tooltip.Provider>
    </LabContext>
  );
}

function Page() {
  useThemeAttribute();
  const titles = useLabState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  return (
    <>
      <header className="masthead">
        <div>
          <h1>Margin Loss Lab</h1>
          <p>
            A small network learns MNIST in this page. Its last hidden layer is two numbers wide: the plot.
          </p>
        </div>
        <ThemeControl />
      </header>
      <main>
        <Toolbar />
        <div className="workbench">
          <div className="stage">
            <div className="panels">
              {titles.split('\n').map((title, run) => (
                <Panel key={`${String(run)} ${title}`} run={run} />
              ))}
            </div>
            <Legend />
          </div>
          <div className="side">
            <Controls />
            <Curves />
          </div>
        </div>
        <Explanation />
      </main>
      <footer>
        <p>
          MNIST: Yann LeCun, Corinna Cortes, Christopher J. C. Burges. Everything is computed in this browser;
          nothing is sent anywhere. Code under the MIT licence.
        </p>
      </footer>
    </>
  );
}

function ThemeControl() {
  const lab = useLab();
  const theme = useLabState((state) => state.theme);
  return (
    <Hint text={HELP.theme}>
      <select
        aria-label="Theme"
        value={theme}
        onChange={(event) => lab.setTheme(event.target.value as ThemeChoice)}
      >
        <option value="auto">System theme</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </Hint>
  );
}
