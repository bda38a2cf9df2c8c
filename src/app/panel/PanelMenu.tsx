/** What can be done with a panel: a name, a picture, an end. */

import { Menu } from '@base-ui/react/menu';
import { useCommands, usePageState } from '../state/context.ts';
import { PANEL_EXPORTS, type PanelExport } from './exports.ts';
import '../parts/menu.css';
import './PanelMenu.css';

export interface PanelMenuProps {
  readonly run: number;
  readonly title: string;
  readonly onRename: () => void;
  readonly onExport: (kind: PanelExport) => void;
}

export function PanelMenu({ run, title, onRename, onExport }: PanelMenuProps) {
  const commands = useCommands();
  const isLast = usePageState(({ experiment }) => experiment.runs.length === 1);
  const isEmpty = usePageState(() => commands.moment(run) === undefined);
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="panel-menu" aria-label={`Menu of ${title}`}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="3" cy="8" r="1.5" />
          <circle cx="8" cy="8" r="1.5" />
          <circle cx="13" cy="8" r="1.5" />
        </svg>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" align="end" sideOffset={4}>
          <Menu.Popup className="menu">
            <Menu.Item className="menu-item" onClick={onRename}>
              Rename…
            </Menu.Item>
            {PANEL_EXPORTS.map(({ kind, name }) => (
              <Menu.Item key={kind} className="menu-item" disabled={isEmpty} onClick={() => onExport(kind)}>
                {name}
              </Menu.Item>
            ))}
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" disabled={isLast} onClick={() => commands.removeRun(run)}>
              Remove panel
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
