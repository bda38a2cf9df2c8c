/** One run's panel: its title and menu, its loss radios, its plot, its numbers. */

import { lazy, type SyntheticEvent, useId, useRef, useState } from 'react';
import { cut } from '../../data/visible-text.ts';
import type { DecisionRule } from '../../losses/term.ts';
import { MEASURES } from '../../measures/measures.ts';
import type { Scatter } from '../../plots/scatter.ts';
import { takenFor } from '../digit/own-digit.ts';
import { dataHelp, whole } from '../parts/data-help.ts';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { isComposing } from '../parts/keys.ts';
import { Part } from '../parts/Part.tsx';
import { numberText, Reading } from '../parts/Reading.tsx';
import { useRoving } from '../parts/roving.ts';
import { useCommands, useDataSet, useDataSetShown, usePageState } from '../state/context.ts';
import { phaseOf } from '../state/objective-text.ts';
import {
  isLive,
  ruleShown,
  samplesShown,
  scheduleShown,
  stepInPlot,
  valueShown,
} from '../state/selectors.ts';
import { switchEffect } from '../state/switch-effect.ts';
import { LONGEST_TITLE } from '../state/titles.ts';
import type { PanelExport } from './exports.ts';
import { Halted } from './Halted.tsx';
import { LossChoice } from './LossChoice.tsx';
import { Plot } from './Plot.tsx';
import { PlotNote } from './PlotNote.tsx';
import { Summary } from './Summary.tsx';
import './Panel.css';

/** Not needed for the first picture. */
const PanelMenu = lazy(() => import('./PanelMenu.tsx').then((module) => ({ default: module.PanelMenu })));

export interface PanelProps {
  /** Position of the run in the experiment. */
  readonly run: number;
}

export function Panel({ run }: PanelProps) {
  const commands = useCommands();
  const scatter = useRef<Scatter | undefined>(undefined);
  const [isRenaming, setRenaming] = useState(false);
  const noteId = useId();
  const title = usePageState(({ experiment }) => experiment.runs[run]?.title ?? '');
  const isSelected = usePageState(({ selectedRun }) => selectedRun === run);
  const isOnly = usePageState(({ experiment }) => experiment.runs.length === 1);
  const lit = usePageState((state) => {
    const sample = state.highlight?.sample;
    return sample === undefined ? '' : String(samplesShown(state)?.indices[sample] ?? '');
  });
  const pinned = usePageState(({ pins }) => pins.join(','));
  const { classNames } = useDataSetShown();
  const ownDigit = usePageState(({ placedDrawings, drawings }) => {
    const places = placedDrawings?.runs[run];
    const decision = placedDrawings?.decisions[run];
    if (places === undefined || decision === undefined || drawings.at(-1)?.image === undefined) return '';
    return classNames[takenFor(places.slice(-2), decision)] ?? '';
  });
  const select = () => {
    if (commands.store.getState().selectedRun !== run) commands.show({ selectedRun: run });
  };
  const selectBy = ({ target }: SyntheticEvent) => {
    // That button does it when it is let go: a panel that grew under the finger would pass the tap on to another.
    if (!(target instanceof Element && target.closest('.enlarge') !== null)) select();
  };
  const onExport = (kind: PanelExport) => {
    import('./exports.ts')
      .then(({ exportPanel }) => exportPanel(kind, commands, run, scatter.current))
      .catch((error: Error) => commands.tell(error.message));
  };
  return (
    <section
      className={isSelected && !isOnly ? 'panel surface is-selected' : 'panel surface'}
      aria-label={title}
      data-highlight={lit}
      data-pinned={pinned}
      data-own-digit={ownDigit}
      onPointerDownCapture={selectBy}
      onFocusCapture={selectBy}
    >
      <header className="panel-head">
        <span className={`run-key run-${run}`} aria-hidden="true" />
        {isRenaming ? (
          <TitleEntry
            title={title}
            onDone={(text) => {
              setRenaming(false);
              if (text !== undefined) commands.renameRun(run, text);
            }}
          />
        ) : (
          <h2 title={title}>{title}</h2>
        )}
        <Part name="The menu of a panel" placeholder={<span className="panel-menu" />}>
          <PanelMenu run={run} title={title} onRename={() => setRenaming(true)} onExport={onExport} />
        </Part>
      </header>
      <LossChoice run={run} noteId={noteId} />
      <button type="button" className="enlarge" aria-label={`Enlarge ${title}`} onClick={select} />
      <div className="panel-plot">
        <Plot run={run} scatter={scatter} />
        <PlotNote run={run} id={noteId} />
        <Halted run={run} />
      </div>
      <Readings run={run} />
      <SwitchEffect run={run} />
      <Summary run={run} />
    </section>
  );
}

interface TitleEntryProps {
  readonly title: string;
  /** Undefined where the reader gave it up. */
  readonly onDone: (text: string | undefined) => void;
}

function TitleEntry({ title, onDone }: TitleEntryProps) {
  return (
    <input
      type="text"
      className="title-entry"
      aria-label="Panel title"
      defaultValue={title}
      dir="auto"
      onChange={({ target, nativeEvent }) => {
        // Not `maxLength`: it would cut an emoji or an accent off its character.
        if (nativeEvent instanceof InputEvent && nativeEvent.isComposing) return;
        const fitting = cut(target.value, LONGEST_TITLE);
        if (fitting !== target.value) target.value = fitting;
      }}
      ref={(input) => input?.focus()}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => onDone(event.target.value)}
      onKeyDown={(event) => {
        // An input method's Enter and Escape are its own.
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Enter') onDone(event.currentTarget.value);
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone(undefined);
      }}
    />
  );
}

/** What the last switch of the loss did. Its line is always there: nothing moves for it. */
function SwitchEffect({ run }: PanelProps) {
  const effect = usePageState((state) => switchEffect(state, run));
  return (
    <Hint text={effect ?? HELP.switchEffect}>
      <p className="switch-effect" data-testid="switch-effect">
        {effect}
      </p>
    </Hint>
  );
}

const RULE_WORDS: Record<DecisionRule, string> = {
  logits: 'logits',
  cosine: 'the cosine with agents',
  'nearest centre': 'the nearest learned centre',
  'centre cosine': 'the cosine with learned centres',
};

/** What is read off each panel. */
const PANEL_MEASURES = MEASURES.flatMap(({ name, title, sentence, digits, shown }) =>
  shown?.panel === undefined ? [] : [{ name, title, help: sentence, testId: name, digits, ...shown.panel }],
);

function Readings({ run }: PanelProps) {
  const commands = useCommands();
  const roving = useRoving<HTMLDivElement>();
  const measures = usePageState(() => commands.moment(run)?.measures);
  const wholeAccuracy = usePageState((state) =>
    isLive(state) ? state.wholeTest?.runs[run]?.measures.accuracy : undefined,
  );
  const set = useDataSet();
  const rule = usePageState((state) => ruleShown(state, run));
  const loss = usePageState((state) => valueShown(state, run, 'total'));
  const phase = usePageState((state) => phaseOf(scheduleShown(state, run), stepInPlot(state)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls; these are readings.
    <div role="group" aria-label="Readings" className="readings" {...roving}>
      {PANEL_MEASURES.map(({ name, title, testId, digits, help }) => (
        <Reading
          key={name}
          name={title}
          testId={testId}
          value={numberText(measures?.[name], digits)}
          help={name === 'accuracy' && rule !== undefined ? `${help} Here by ${RULE_WORDS[rule]}.` : help}
        />
      ))}
      <Reading name="Loss" testId="loss" value={numberText(loss, 4)} help={HELP.loss} />
      <Reading name="Phase" testId="phase" value={phase} help={HELP.phase} />
      <Reading
        name={`All ${whole(set.counts.test)}`}
        testId="whole-test-accuracy"
        value={numberText(wholeAccuracy, 4)}
        help={dataHelp(set).wholeAccuracy}
      />
    </div>
  );
}
