/** The selected run's objective: for each slot its term, its weight and its knobs, as their records say. Live. */

import { useId } from 'react';
import { classCount } from '../../data/set.ts';
import {
  type Objective,
  SLOT_WORDS,
  WEIGHT_RANGE,
  WEIGHT_SYMBOLS,
  weightedTerm,
  withTerm,
} from '../../losses/objective.ts';
import {
  type Knob,
  type KnobValue,
  type NumberKnob,
  SLOTS,
  type Slot,
  type TermRecord,
} from '../../losses/term.ts';
import { LETTER_TERMS, termOf, termsIn } from '../../losses/terms.ts';
import { LEARNING_RATE_RANGE } from '../../training/link/protocol.ts';
import { HELP } from '../parts/help.ts';
import { Choice, Setting } from '../parts/Setting.tsx';
import { Slider } from '../parts/Slider.tsx';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import {
  learningRateInControls,
  objectiveInControls,
  pastNote,
  unpreparedNote,
} from '../state/controls-shown.ts';
import './ObjectiveControls.css';

const WEIGHT_STEP = 0.001;
const DEGREES = 180 / Math.PI;

export function ObjectiveControls() {
  const commands = useCommands();
  const run = usePageState((state) => state.selectedRun);
  const title = usePageState(({ experiment }) => experiment.runs[run]?.title);
  const objective = usePageState((state) => objectiveInControls(state, run));
  const learningRate = usePageState(learningRateInControls);
  const note = usePageState((state) => pastNote(state, run));
  const rateNote = usePageState((state) => pastNote(state, 'learningRate'));
  const unprepared = usePageState((state) => unpreparedNote(state, run));
  const noteId = useId();
  const known = classCount(useDataSet());
  const classes = usePageState(({ experiment }) => known - experiment.heldOut.length);
  if (objective === undefined) return null;
  const words = `objective, ${note === undefined ? 'live' : 'earlier'}`;
  return (
    <fieldset aria-label={`${title}: ${words}`} aria-describedby={noteId}>
      <legend>
        <span className={`run-key run-${run}`} aria-hidden="true" />
        <span className="objective-of" title={title}>
          {title}
        </span>
        <span className="objective-when">{words}</span>
      </legend>
      <p id={noteId} className="when">
        {note ?? 'A change acts at the next step.'}
      </p>
      {unprepared !== undefined && <p className="room">{unprepared}</p>}
      {SLOTS.map((slot) => (
        <TermControls
          key={slot}
          slot={slot}
          objective={objective}
          classes={classes}
          onChange={(changed) => commands.setObjective(run, changed)}
        />
      ))}
      <Slider
        name="Learning rate"
        value={learningRate}
        range={LEARNING_RATE_RANGE}
        step={0.0001}
        isLogarithmic
        help={rateNote ?? HELP.learningRate}
        onChange={(value) => commands.setLearningRate(value)}
      />
    </fieldset>
  );
}

interface TermControlsProps {
  readonly slot: Slot;
  readonly objective: Objective;
  /** That are learnt. */
  readonly classes: number;
  readonly onChange: (objective: Objective) => void;
}

function TermControls({ slot, objective, classes, onChange }: TermControlsProps) {
  const { id, weight, knobs } = objective[slot];
  const record = termOf(id);
  /** The letter's knobs are always in plain sight: margins can be set before the loss is switched. */
  const isResting = weight === 0 && id !== LETTER_TERMS[slot];
  const word = SLOT_WORDS[slot];
  const name = word.charAt(0).toUpperCase() + word.slice(1);
  return (
    <div className={isResting ? 'term is-resting' : 'term'}>
      <Setting name={name} help={record.sentence}>
        <Choice
          name={name}
          value={id}
          options={termsIn(slot).map(({ id: value, title }) => ({ value, text: title }))}
          onChange={(chosen) => {
            const own = weight > 0 ? termOf(chosen).weight : 0;
            onChange(withTerm(objective, slot, weightedTerm(chosen, own)));
          }}
        />
      </Setting>
      <Slider
        name={`${WEIGHT_SYMBOLS[slot]} ${record.word}`}
        value={weight}
        range={WEIGHT_RANGE}
        step={WEIGHT_STEP}
        help={`Weight of the ${record.title} loss. Acts at the next step.`}
        onChange={(value) => onChange(withTerm(objective, slot, { weight: value }))}
      />
      {record.knobs.map((knob) => (
        <KnobControl
          key={knob.key}
          record={record}
          knob={knob}
          value={knobs[knob.key] ?? knob.default}
          onChange={(value) =>
            onChange(withTerm(objective, slot, { knobs: { ...knobs, [knob.key]: value } }))
          }
        />
      ))}
      {record.room !== undefined && <p className="room">{record.room(classes, knobs)}</p>}
    </div>
  );
}

interface KnobControlProps {
  readonly record: TermRecord;
  readonly knob: Knob;
  readonly value: KnobValue;
  readonly onChange: (value: KnobValue) => void;
}

function KnobControl({ record, knob, value, onChange }: KnobControlProps) {
  const commands = useCommands();
  if (knob.kind === 'choice') {
    return (
      <Setting name={knob.word} help={knob.help}>
        <Choice
          name={knob.word}
          value={String(value)}
          options={knob.options.map((option) => ({ value: option.value, text: option.title }))}
          onChange={onChange}
        />
      </Setting>
    );
  }
  if (knob.kind === 'flag') {
    return (
      <Setting name={knob.word} help={knob.help}>
        <input
          type="checkbox"
          aria-label={knob.word}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </Setting>
    );
  }
  const focus =
    record.circles === undefined
      ? {}
      : { onFocusChange: (marginsInFocus: boolean) => commands.show({ marginsInFocus }) };
  return (
    <Slider
      name={`${knob.symbol} ${knob.word}`}
      value={Number(value)}
      range={knob.range}
      step={knob.step}
      isLogarithmic={knob.isLogarithmic ?? false}
      isWhole={knob.isWhole ?? false}
      help={helpOf(knob, Number(value))}
      onChange={onChange}
      {...focus}
    />
  );
}

/** The knob's help with its unit; an angle in degrees as well. */
function helpOf({ help, unit }: NumberKnob, value: number): string {
  if (unit === 'none') return help;
  const degrees = unit === 'radians' ? `; ${value} is ${(value * DEGREES).toFixed(1)}°` : '';
  return `${help} In ${unit}${degrees}.`;
}
