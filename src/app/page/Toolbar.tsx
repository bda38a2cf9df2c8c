/** Train, Pause, Step, Reset; the page-wide status; what is going on, in a sentence. */

import type { ReactNode } from 'react';
import { dataHelp } from '../parts/data-help.ts';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { numberText, Reading } from '../parts/Reading.tsx';
import { useRoving } from '../parts/roving.ts';
import { ACTIONS } from '../state/actions.ts';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import { recordingShown } from '../state/selectors.ts';
import './Toolbar.css';

export interface ToolbarProps {
  /** On small screens the controls are a sheet: is it there? */
  readonly hasSheet: boolean;
  readonly onSheet: (hasSheet: boolean) => void;
}

export function Toolbar({ hasSheet, onSheet }: ToolbarProps) {
  return (
    <div className="toolbar">
      <Buttons>
        <button
          type="button"
          className="sheet-button"
          aria-expanded={hasSheet}
          aria-controls="controls"
          onClick={() => onSheet(!hasSheet)}
        >
          Controls
        </button>
      </Buttons>
      <Status />
      <Activity />
    </div>
  );
}

export function Buttons({ children }: { readonly children?: ReactNode }) {
  const commands = useCommands();
  const applicable = usePageState((state) =>
    ACTIONS.map((action) => (action.applies(state) ? '1' : '0')).join(''),
  );
  return (
    <div className="buttons">
      {ACTIONS.map((action, index) => (
        <Hint key={action.name} text={action.help}>
          <button
            type="button"
            aria-keyshortcuts={action.shortcut?.text}
            className={action.isPrimary ? 'primary' : undefined}
            disabled={applicable[index] === '0'}
            onClick={() => action.perform(commands)}
          >
            {action.name}
          </button>
        </Hint>
      ))}
      {children}
    </div>
  );
}

function Status() {
  const roving = useRoving<HTMLDivElement>();
  const help = dataHelp(useDataSet());
  const step = usePageState(({ progress, lab }) => progress?.step ?? lab?.step ?? 0);
  const epoch = usePageState(({ progress }) => progress?.epoch ?? 0);
  const speed = usePageState(({ progress }) => progress?.imagesPerSecond);
  const backend = usePageState((state) => state.backend);
  const cores = usePageState((state) => state.cores);
  // One clock at a time: nothing has been trained, and the timeline tells the recorded one's step.
  const isRecorded = usePageState(
    (state) => recordingShown(state) !== undefined && state.lab?.activity !== 'training',
  );
  const isResting = isRecorded && step === 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls; these are readings.
    <div role="group" aria-label="Status" className={isResting ? 'status is-resting' : 'status'} {...roving}>
      {isResting && <Badge />}
      <Reading name="Step" testId="step" value={String(step)} help={HELP.step} />
      <Reading name="Epoch" testId="epoch" value={numberText(epoch, 2)} help={help.epoch} />
      <Reading
        name="Speed"
        testId="images-per-second"
        value={numberText(speed ?? 0, 0)}
        unit="images/s"
        help={HELP.imagesPerSecond}
      />
      <Reading
        name="Backend"
        testId="backend"
        value={backend?.name ?? '–'}
        {...(cores > 1 ? { unit: `${cores} cores` } : {})}
        help={backend?.reason ?? HELP.backend}
      />
    </div>
  );
}

/** In the place of a clock that stands at zero. */
function Badge() {
  return (
    <p className="recorded-badge">
      <strong>Recorded run</strong>
      <span>press Train for your own</span>
    </p>
  );
}

function Activity() {
  const commands = useCommands();
  const sentence = usePageState(({ lab: state }) => state?.sentence ?? 'Starting.');
  const { title } = useDataSet();
  const data = usePageState((state) => state.data);
  const dataProblem = usePageState((state) => state.dataProblem);
  const failure = usePageState((state) => state.failure);
  const loading = data !== undefined && data.receivedBytes < data.totalBytes;
  return (
    <div className="activity">
      <p role="status">{failure ?? dataProblem ?? sentence}</p>
      {dataProblem !== undefined && (
        <button type="button" onClick={() => commands.retryData()}>
          Try again
        </button>
      )}
      {loading && (
        <p className="download">
          <progress aria-label={`Download of ${title}`} value={data.receivedBytes} max={data.totalBytes} />
          <span>{`${megabytes(data.receivedBytes)} of ${megabytes(data.totalBytes)} MB of ${title}`}</span>
        </p>
      )}
    </div>
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
