/** How the panels are looked at: which class is lit, what is chosen, what is drawn, at which scale; and one more panel. */

import type { Scale } from '../../plots/group.ts';
import { MAX_RUNS } from '../../training/link/protocol.ts';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { samplesShown } from '../state/selectors.ts';
import { SCALES, VIEW_OPTIONS, type ViewOptionKey } from '../state/view-options.ts';
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

function DrawButton() {
  const commands = useCommands();
  const isDrawing = usePageState((state) => state.isDrawing);
  return (
    <Hint text={HELP.draw}>
      <button
        type="button"
        aria-expanded={isDrawing}
        onClick={() => (isDrawing ? commands.closePad() : commands.openPad())}
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
  const { name, help } = VIEW_OPTIONS[option];
  return (
    <Hint text={help}>
      <label className="check">
        <input
          type="checkbox"
          checked={isOn}
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
