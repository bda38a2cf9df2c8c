/**
 * A menu of all combinations with a name: the letter's, then each further term, in groups, each with its picture. A choice
 * acts at once, in the panel or in a new one.
 */

import { Menu } from '@base-ui/react/menu';
import { useId, useState } from 'react';
import { LETTER_PRESETS, PRESETS, type Preset, RADIO_PRESETS } from '../../losses/presets.ts';
import { GROUPS } from '../../losses/term.ts';
import { MAX_RUNS } from '../../training/link/protocol.ts';
import { LossPicture } from '../parts/LossPicture.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import '../parts/menu.css';
import './MoreLosses.css';

/** Of further terms, by group. */
const FURTHER = GROUPS.map((group) => ({
  group,
  presets: PRESETS.filter(({ term }) => term?.group === group),
})).filter(({ presets }) => presets.length > 0);

export interface MoreLossesProps {
  readonly run: number;
  /** Name of the preset that the run's objective is, if any. */
  readonly chosen: string | undefined;
}

export function MoreLosses({ run, chosen }: MoreLossesProps) {
  const commands = useCommands();
  const isFull = usePageState(({ experiment }) => experiment.runs.length >= MAX_RUNS);
  const [isForNew, setForNew] = useState(false);
  const isOther = chosen !== undefined && !RADIO_PRESETS.some(({ name }) => name === chosen);
  return (
    <Menu.Root modal={false} onOpenChange={(isOpen) => isOpen && setForNew(false)}>
      <Menu.Trigger
        className={isOther ? 'more-losses is-chosen' : 'more-losses'}
        aria-label="More losses"
        title="More losses"
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 6l4 4 4-4" />
        </svg>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" align="end" sideOffset={4} collisionPadding={8}>
          <Menu.Popup
            className="menu losses-menu"
            // A new panel is selected: to go back would select this one again.
            finalFocus={isForNew ? newestPanelsButton : undefined}
          >
            <Menu.CheckboxItem
              className="menu-item losses-target"
              checked={isForNew}
              disabled={isFull}
              closeOnClick={false}
              onCheckedChange={setForNew}
            >
              <span className="menu-check">
                <Menu.CheckboxItemIndicator>✓</Menu.CheckboxItemIndicator>
              </span>
              <span>{isFull ? `In a new panel: there are ${MAX_RUNS}` : 'In a new panel'}</span>
            </Menu.CheckboxItem>
            <Menu.RadioGroup
              value={isForNew ? '' : (chosen ?? '')}
              onValueChange={(name: string) =>
                isForNew ? commands.addRun(name) : commands.choosePreset(run, name)
              }
            >
              <Presets title="The letter’s combinations" presets={LETTER_PRESETS} />
              {FURTHER.map(({ group, presets }) => (
                <Presets key={group} title={group} presets={presets} />
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function newestPanelsButton(): HTMLElement | null {
  return document.querySelector<HTMLElement>('section.panel:last-of-type .more-losses');
}

function Presets({ title, presets }: { readonly title: string; readonly presets: readonly Preset[] }) {
  return (
    <Menu.Group className="losses-group">
      <Menu.GroupLabel className="menu-title">{title}</Menu.GroupLabel>
      {presets.map((preset) => (
        <PresetItem key={preset.name} preset={preset} />
      ))}
    </Menu.Group>
  );
}

function PresetItem({ preset }: { readonly preset: Preset }) {
  const { name, title, sentence } = preset;
  const id = useId();
  return (
    <Menu.RadioItem
      value={name}
      label={title}
      className="menu-item"
      closeOnClick
      aria-labelledby={`${id}-title`}
      aria-describedby={sentence === undefined ? undefined : `${id}-sentence`}
    >
      <span className="menu-check">
        <Menu.RadioItemIndicator>✓</Menu.RadioItemIndicator>
      </span>
      <LossPicture preset={preset} />
      <span className="menu-text">
        <span id={`${id}-title`}>{title}</span>
        {sentence !== undefined && (
          <span id={`${id}-sentence`} className="menu-sentence">
            {sentence}
          </span>
        )}
      </span>
    </Menu.RadioItem>
  );
}
