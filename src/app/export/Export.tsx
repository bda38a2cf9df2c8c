/** What can be taken away: figures for a paper, films for a slide, the numbers, a frame for another page. */

import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, useState } from 'react';
import { DialogFrame } from '../parts/DialogFrame.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import { DataTab } from './DataTab.tsx';
import { EmbedTab } from './EmbedTab.tsx';
import { FigureTab } from './FigureTab.tsx';
import { FilmTab } from './FilmTab.tsx';
import './Export.css';

export interface TabProps {
  /** Positions of the panels that are taken. */
  readonly runs: readonly number[];
}

const TABS: readonly {
  readonly id: string;
  readonly title: string;
  readonly body: (props: TabProps) => ReactNode;
}[] = [
  { id: 'figure', title: 'Figure', body: FigureTab },
  { id: 'film', title: 'Film', body: FilmTab },
  { id: 'data', title: 'Data', body: DataTab },
  { id: 'embed', title: 'Embed', body: EmbedTab },
];

export function Export() {
  const commands = useCommands();
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  const [left, setLeft] = useState<readonly number[]>([]);
  const names = titles.split('\n');
  const runs = names.map((_, run) => run).filter((run) => !left.includes(run));
  const close = () => commands.show({ isExporting: false });
  return (
    <DialogFrame title="Export" closeName="Close the export" className="export" onClose={close}>
      <fieldset className="export-panels">
        <legend>Panels</legend>
        {names.map((name, run) => (
          <label key={name} className="check">
            <input
              type="checkbox"
              checked={!left.includes(run)}
              disabled={runs.length === 1 && runs[0] === run}
              onChange={() =>
                setLeft(left.includes(run) ? left.filter((each) => each !== run) : [...left, run])
              }
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <Tabs.Root defaultValue="figure" className="export-tabs">
        <Tabs.List className="export-tablist" aria-label="What to export">
          {TABS.map(({ id, title }) => (
            <Tabs.Tab key={id} value={id} className="export-tab">
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ id, body: Body }) => (
          <Tabs.Panel key={id} value={id} className="export-body">
            <Body runs={runs} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </DialogFrame>
  );
}
