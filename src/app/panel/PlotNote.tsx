/**
 * What a panel says of its picture, over the plot: where it is not of what is set (of the past, or recorded otherwise), and
 * while a planned beginning makes it equal to others.
 */

import { useCommands, usePageState } from '../state/context.ts';
import { pastNote } from '../state/controls-shown.ts';
import { warmUpText } from '../state/objective-text.ts';
import { recordedWith } from '../state/recorded.ts';
import { recordingShown, scheduleShown, stepInPlot } from '../state/selectors.ts';
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
  const warmUp = usePageState((state) => warmUpText(scheduleShown(state, run), stepInPlot(state)));
  const text = past ?? recorded;
  if (text === undefined && warmUp === undefined) return null;
  return (
    <div className="plot-notes">
      {text !== undefined && (
        <div className="plot-note">
          <p id={id}>{text}</p>
          {past === undefined && <TrainHere />}
        </div>
      )}
      {warmUp !== undefined && (
        <div className="plot-note is-ribbon" data-testid="ribbon">
          <p>{warmUp}</p>
        </div>
      )}
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
