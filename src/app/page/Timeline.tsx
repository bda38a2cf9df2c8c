/** Time: a slider over all recorded steps, playback, events where something changed, and the way back to now. */

import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { isPlain } from '../parts/keys.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { eventsShown } from '../state/events.ts';
import { framesShown, isLive, recordingShown, stepShown, stepsShown } from '../state/selectors.ts';
import './Timeline.css';

const SPEEDS = [0.25, 0.5, 1, 2, 4];

export function Timeline() {
  return (
    <section className="timeline surface" aria-label="Time">
      <PlayButton />
      <div className="track">
        <Track />
        <Events />
      </div>
      <Where />
      <Speed />
      <Ways />
    </section>
  );
}

function PlayButton() {
  const commands = useCommands();
  const isPlaying = usePageState((state) => state.isPlaying);
  const isEmpty = usePageState((state) => framesShown(state).length < 2);
  return (
    <Hint text={HELP.play}>
      <button
        type="button"
        className="play"
        aria-label={isPlaying ? 'Stop playing' : 'Play'}
        disabled={isEmpty}
        onClick={() => commands.setPlaying(!isPlaying)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={isPlaying ? 'M3 3h4v10H3zM9 3h4v10H9z' : 'M4 2.5v11l9-5.5z'} />
        </svg>
      </button>
    </Hint>
  );
}

function Track() {
  const commands = useCommands();
  const first = usePageState((state) => stepsShown(state)[0]);
  const last = usePageState((state) => stepsShown(state)[1]);
  const step = usePageState(stepShown);
  const source = usePageState(sourceOf);
  return (
    <input
      type="range"
      aria-label="Timeline"
      aria-valuetext={`Step ${Math.round(step)} of ${last}, ${source}`}
      min={first}
      max={Math.max(last, first + 1)}
      step="any"
      value={step}
      onChange={(event) => commands.goTo(event.target.valueAsNumber)}
      onKeyDown={(event) => {
        const direction = DIRECTIONS[event.key];
        if (direction === undefined || !isPlain(event.nativeEvent)) return;
        event.preventDefault();
        commands.goBy(direction);
      }}
    />
  );
}

const DIRECTIONS: Record<string, -1 | 1> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

function Events() {
  const commands = useCommands();
  const events = usePageState((state) => JSON.stringify(eventsShown(state)));
  const first = usePageState((state) => stepsShown(state)[0]);
  const last = usePageState((state) => stepsShown(state)[1]);
  const inside = (JSON.parse(events) as ReturnType<typeof eventsShown>).filter(
    ({ step }) => step >= first && step <= last,
  );
  return (
    <div className="timeline-events">
      {inside.map(({ step, label, effect }) => (
        <Hint key={step} text={`Step ${step}. ${label}${effect === undefined ? '' : `. ${effect}`}`}>
          <button
            type="button"
            data-testid="timeline-mark"
            data-step={step}
            aria-label={`Go to ${step}: ${label}`}
            style={{ '--at': (step - first) / Math.max(1, last - first) } as React.CSSProperties}
            onClick={() => commands.goTo(step)}
          />
        </Hint>
      ))}
    </div>
  );
}

function Where() {
  const step = usePageState((state) => Math.round(stepShown(state)));
  const source = usePageState(sourceOf);
  const origin = usePageState((state) => recordingShown(state)?.origin);
  const text =
    origin === undefined
      ? HELP.timeline
      : `Recorded, not computed now: ${Object.entries(origin)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ')}. Train starts live from step 0.`;
  return (
    <Hint text={text}>
      <span className={`where is-${source}`} data-testid="timeline-source">
        <span className="where-step">{`Step ${step}`}</span>
        <span className="where-source">{SOURCES[source]}</span>
      </span>
    </Hint>
  );
}

type Source = 'recorded' | 'live' | 'past';
const SOURCES: Record<Source, string> = { recorded: 'Recorded run', live: 'Live', past: 'Earlier' };

function sourceOf(state: Parameters<typeof isLive>[0]): Source {
  if (recordingShown(state) !== undefined) return 'recorded';
  return isLive(state) ? 'live' : 'past';
}

function Speed() {
  const commands = useCommands();
  const speed = usePageState((state) => state.speed);
  return (
    <Hint text={HELP.speed}>
      <select
        aria-label="Playback speed"
        className="playback-speed"
        value={speed}
        onChange={(event) => commands.show({ speed: Number(event.target.value) })}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {`${value}×`}
          </option>
        ))}
      </select>
    </Hint>
  );
}

/** From the past or the recording to now, and back to the recording. */
function Ways() {
  const commands = useCommands();
  const live = usePageState(isLive);
  const mayReplay = usePageState(
    (state) => state.recording !== undefined && !state.showsRecording && state.lab?.activity !== 'training',
  );
  const hasRecording = usePageState((state) => state.recording !== undefined);
  return (
    <div className="ways">
      <Hint text={HELP.goLive}>
        <button type="button" disabled={live} onClick={() => commands.goLive()}>
          Go live
        </button>
      </Hint>
      {hasRecording && (
        <Hint text={HELP.recording}>
          <button type="button" disabled={!mayReplay} onClick={() => commands.goToRecording()}>
            Recording
          </button>
        </Hint>
      )}
    </div>
  );
}
