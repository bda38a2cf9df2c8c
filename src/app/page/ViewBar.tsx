/** How the panels are looked at: which class is lit, what is chosen, what is drawn, at which scale; and one more panel. */

import type { Scale } from '../../plots/group.ts';
import { MAX_RUNS } from '../../training/link/protocol.ts';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { dataSetShown, dimShown, samplesShown } from '../state/selectors.ts';
import { SCALES, VIEW_OPTIONS, type ViewOption, type ViewOptionKey } from '../state/view-options.ts';
import { Chosen } from './Chosen.tsx';
import { Legend } from './Legend.tsx';
import '../parts/radios.css';
import './ViewBar.css';

export function ViewBar() {
  const commands = useCommands();
  const scale = usePageState((state) => state.scale);
  const linksZoom = usePageState((state) => state.linksZoom);
  const isFull = usePageState(({ experiment }) => experiment.runs.length >= MAX_RUNS);
  return (
    <div className="view-bar">
      <Legend />
      <Chosen />
      <div className="view-actions">
        <DrawButton />
        <SelectToggle />
        <MistakesButton />
        <Hint text={HELP.addPanel}>
          <button type="button" disabled={isFull} onClick={() => commands.addRun()}>
            Add panel
          </button>
        </Hint>
      </div>
      <div className="view-settings">
        {(Object.keys(VIEW_OPTIONS) as ViewOptionKey[]).map((key) => (
          <ViewCheck key={key} option={key} />
        ))}
        <div role="radiogroup" aria-label="Scale" className="radios">
          {(Object.keys(SCALES) as Scale[]).map((each) => (
            <Hint key={each} text={SCALES[each].help}>
              <label>
                <input
                  type="radio"
                  name="scale"
                  checked={scale === each}
                  onChange={() => commands.show({ scale: each })}
                />
                <span>{SCALES[each].name}</span>
              </label>
            </Hint>
          ))}
        </div>
        <TourSetting />
        <Hint text={HELP.linkZoom}>
          <label className="check">
            <input
              type="checkbox"
              checked={linksZoom}
              onChange={(event) => commands.show({ linksZoom: event.target.checked })}
            />
            <span>Link zoom</span>
          </label>
        </Hint>
      </div>
    </div>
  );
}

/** Only where there is more than a plane. */
function TourSetting() {
  const commands = useCommands();
  const isWide = usePageState((state) => dimShown(state) > 2);
  const isTouring = usePageState((state) => state.isTouring);
  if (!isWide) return null;
  return (
    <Hint text={HELP.tour}>
      <label className="check">
        <input
          type="checkbox"
          checked={isTouring}
          onChange={(event) => commands.show({ isTouring: event.target.checked })}
        />
        <span>Grand tour</span>
      </label>
    </Hint>
  );
}

function DrawButton() {
  const commands = useCommands();
  const isDrawing = usePageState((state) => state.isDrawing);
  // A drawing is an image as MNIST’s are, and its place a place on the plane.
  const isOff = usePageState((state) => dimShown(state) > 2 || dataSetShown(state).isLight === true);
  return (
    <Hint text={isOff ? HELP.drawOff : HELP.draw}>
      <button
        type="button"
        aria-expanded={isDrawing}
        aria-disabled={isOff}
        onClick={() => {
          if (isDrawing) commands.closePad();
          else if (!isOff) commands.openPad();
        }}
      >
        Draw a digit
      </button>
    </Hint>
  );
}

/** Chooses all samples that some run takes for another class. */
function MistakesButton() {
  const commands = useCommands();
  const isEmpty = usePageState((state) => samplesShown(state) === undefined);
  const onClick = () => {
    const { experiment } = commands.store.getState();
    const samples = samplesShown(commands.store.getState());
    const predictions = experiment.runs.map((_, run) => commands.moment(run)?.predictions);
    const isWrong = (row: number) =>
      predictions.some((own) => own !== undefined && own[row] !== samples?.labels[row]);
    commands.select(Array.from(samples?.indices ?? []).filter((_, row) => isWrong(row)));
  };
  return (
    <Hint text={HELP.mistakes}>
      <button type="button" disabled={isEmpty} onClick={onClick}>
        Mistakes
      </button>
    </Hint>
  );
}

function SelectToggle() {
  const commands = useCommands();
  const isSelecting = usePageState((state) => state.isSelecting);
  return (
    <Hint text={HELP.select}>
      <button
        type="button"
        aria-pressed={isSelecting}
        onClick={() => commands.show({ isSelecting: !isSelecting })}
      >
        Select
      </button>
    </Hint>
  );
}

function ViewCheck({ option }: { readonly option: ViewOptionKey }) {
  const commands = useCommands();
  const isOn = usePageState((state) => state[option]);
  const { name, help, needsPlane }: ViewOption = VIEW_OPTIONS[option];
  const isOff = usePageState((state) => needsPlane !== undefined && dimShown(state) > 2);
  return (
    <Hint text={isOff && needsPlane !== undefined ? needsPlane : help}>
      <label className="check">
        <input
          type="checkbox"
          checked={isOn && !isOff}
          disabled={isOff}
          onChange={(event) => {
            commands.show({ [option]: event.target.checked });
            if (option === 'showsImages') commands.wantImages();
          }}
        />
        <span>{name}</span>
      </label>
    </Hint>
  );
}
