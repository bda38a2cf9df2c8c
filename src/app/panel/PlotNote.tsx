/** What a panel says of its picture where that is not what is set: of the past, or recorded otherwise. Over the plot. */

import { useCommands, usePageState } from '../state/context.ts';
import { pastNote } from '../state/controls-shown.ts';
import { recordedWith } from '../state/recorded.ts';
import { recordingShown } from '../state/selectors.ts';
import './PlotNote.css';

export interface PlotNoteProps {
  readonly run: number;
  /** By which controls name it as their description. */
  readonly id: string;
}

export function PlotNote({ run, id }: PlotNoteProps) {
  const past = usePageState((state) => pastNote(state, run));
  const recorded = usePageState((state) =>
    recordingShown(state) === undefined ? undefined : recordedWith(state, run),
  );
  const text = past ?? recorded;
  if (text === undefined) return null;
  return (
    <div className="plot-note">
      <p id={id}>{text}</p>
      {past === undefined && <TrainHere />}
    </div>
  );
}

function TrainHere() {
  const commands = useCommands();
  return (
    <button type="button" onClick={() => commands.train()}>
      Train it
    </button>
  );
}
