/** What the reader has chosen to stand out, in words: one entry a choice, each with its way back. */

import { capital } from '../parts/data-help.ts';
import type { Commands } from './commands.ts';
import { dataSetShown, samplesShown } from './selectors.ts';
import type { OwnState, PageState } from './store.ts';

export interface Choice {
  /** A few words, e.g. "7 taken for 1: 12 samples". */
  readonly text: string;
  readonly kind: 'confused' | 'selected' | 'class' | 'sample' | 'pins' | 'pairs';
  /** What lets go of it. */
  readonly without: Partial<OwnState>;
}

/** What stays lit or joined until it is let go. What a pointer lights in passing is not among it. */
export function choicesShown({ store, moment }: Commands): readonly Choice[] {
  const state = store.getState();
  const { confused, selected, pinnedClass, highlight, pins, showsWrongPairs, experiment, selectedRun } =
    state;
  const { classNames, word } = dataSetShown(state);
  const title = experiment.runs[selectedRun]?.title ?? '';
  const choices: Choice[] = [];
  if (confused !== undefined) {
    const rows = chosenRows({ ...state, selected: undefined }, moment(selectedRun)?.predictions);
    const samples = countText(rows?.reduce((sum, row) => sum + row, 0) ?? 0);
    const [own, other] = [classNames[confused.label], classNames[confused.predicted]];
    choices.push({
      kind: 'confused',
      text: `${own} taken for ${other}: ${samples}`,
      without: { confused: undefined },
    });
  }
  if (selected !== undefined) {
    choices.push({
      kind: 'selected',
      text: `Selected: ${countText(selected.length)}`,
      without: { selected: undefined },
    });
  }
  if (pinnedClass !== undefined) {
    choices.push({
      kind: 'class',
      text: `${capital(word.one)} ${classNames[pinnedClass]}`,
      without: { pinnedClass: undefined, litClass: undefined },
    });
  }
  if (highlight !== undefined && highlight.by !== 'pointer') {
    const index = samplesShown(state)?.indices[highlight.sample];
    choices.push({ kind: 'sample', text: `Sample ${index ?? '–'}`, without: { highlight: undefined } });
  }
  if (pins.length > 0) {
    choices.push({
      kind: 'pins',
      text: pins.length === 1 ? `Pinned: sample ${pins[0]}` : `Pinned: ${pins.length} samples`,
      without: { pins: [] },
    });
  }
  if (showsWrongPairs) {
    choices.push({
      kind: 'pairs',
      text: `Wrongly decided pairs of ${title}`,
      without: { showsWrongPairs: false },
    });
  }
  return choices;
}

function countText(count: number): string {
  return count === 1 ? '1 sample' : `${count} samples`;
}

/** The last answer: equal questions get the identical array, so that nothing is drawn for nothing. */
let known: { readonly inputs: readonly unknown[]; readonly rows: Uint8Array } | undefined;

/**
 * 1 for every sample that was selected, or is in the chosen cell of the selected run's confusion matrix; undefined where
 * nothing is chosen.
 */
export function chosenRows(state: PageState, predictions: Uint8Array | undefined): Uint8Array | undefined {
  const { confused, selected } = state;
  const samples = samplesShown(state);
  const isChosen = selected !== undefined || (confused !== undefined && predictions !== undefined);
  if (samples === undefined || !isChosen) return undefined;
  const inputs = [confused, selected, samples, predictions];
  if (known?.inputs.every((input, i) => input === inputs[i])) return known.rows;
  const rows = selected === undefined ? confusedRows(state, predictions) : selectedRows(state, selected);
  known = { inputs, rows };
  return rows;
}

function confusedRows({ confused, ...state }: PageState, predictions: Uint8Array | undefined): Uint8Array {
  const labels = samplesShown({ ...state, confused })?.labels ?? new Uint8Array(0);
  return labels.map((label, i) =>
    label === confused?.label && predictions?.[i] === confused.predicted ? 1 : 0,
  );
}

function selectedRows(state: PageState, selected: readonly number[]): Uint8Array {
  const rows = new Uint8Array(samplesShown(state)?.labels.length ?? 0);
  const among = new Set(selected);
  samplesShown(state)?.indices.forEach((index, row) => {
    if (among.has(index)) rows[row] = 1;
  });
  return rows;
}
