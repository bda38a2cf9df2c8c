/** The key under the plots: every sign that is drawn in one of them now, from the marks' records. */

import { createElement, Fragment } from 'react';
import type { KeyEntry, Shape } from '../../plots/mark.ts';
import { MARKS } from '../../plots/marks.ts';
import type { Theme } from '../../plots/palette.ts';
import { useTheme } from '../page/theme.ts';
import { useCalm } from '../state/calm.ts';
import type { Commands } from '../state/commands.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { dimShown } from '../state/selectors.ts';
import type { PageState } from '../state/store.ts';
import { createSceneOf } from './scene.ts';
import './Key.css';

export function Key() {
  const commands = useCommands();
  const theme = useTheme();
  const { entries, isLacking } = useCalm(() => drawnIn(commands, theme), [theme]);
  const note = usePageState(noteOn);
  return (
    <ul className="marks-key" aria-label="Key">
      {entries.map(({ sign, text }) => (
        <li key={text}>
          <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
            {sign.map((shape, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a sign's shapes have no other name.
              <Fragment key={i}>{elementOf(shape)}</Fragment>
            ))}
          </svg>
          <span>{text}</span>
        </li>
      ))}
      {isLacking && <li className="marks-note">{NO_REGIONS}</li>}
      {note !== undefined && <li className="marks-note">{note}</li>}
    </ul>
  );
}

/** What is lacking for what the reader wants to see. */
function noteOn(state: PageState): string | undefined {
  const { showsForces, pins, litClass, pinnedClass, backend, failure } = state;
  if (!showsForces || dimShown(state) > 2) return undefined;
  if (failure !== undefined) return 'Forces need the training worker, which has stopped.';
  if (pins.length === 0 && (litClass ?? pinnedClass) === undefined)
    return 'For forces, pin a sample (click it) or light a class.';
  return backend === undefined ? 'Forces come as soon as the training worker has started.' : undefined;
}

const NO_REGIONS =
  'Some runs have no regions here: their nearest centres say nothing of directions, or their frames hold no agents.';

/** The entries of all runs, each text once, in the order of the marks; and whether regions are lacking that are wanted. */
function drawnIn(commands: Commands, theme: Theme) {
  const state = commands.store.getState();
  const { experiment } = state;
  const showsRegions = state.showsRegions && dimShown(state) <= 2;
  const scenes = experiment.runs.flatMap((_, run) => createSceneOf(commands, run)(theme) ?? []);
  const all = MARKS.flatMap((mark) => scenes.flatMap((scene) => mark.key?.(scene, theme) ?? []));
  const entries: readonly KeyEntry[] = all.filter(
    ({ text }, i) => all.findIndex((other) => other.text === text) === i,
  );
  return { entries, isLacking: showsRegions && scenes.some(({ scores }) => scores === undefined) };
}

function elementOf({ tag, attributes, text }: Shape) {
  // React has names of its own for these.
  const named = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name === 'class' ? 'className' : name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
  return createElement(tag, named, text);
}
