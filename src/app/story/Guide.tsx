/** The guide: a card above the panels that says what to see, and makes the page show it. */

import { useEffect, useMemo, useRef, useState } from 'react';
import { presetLike, RADIO_PRESETS } from '../../losses/presets.ts';
import { fetchUnseenRecording } from '../sessions/fetch-recording.ts';
import type { Commands } from '../state/commands.ts';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import { CHAPTER_COUNT } from '../state/slices/guide.ts';
import type { OwnState, PageState } from '../state/store.ts';
import { CHAPTERS, type Chapter } from './chapters.ts';
import { type Shown, shownAtEnd } from './shown.ts';
import type { TableLine } from './tables.ts';
import './Guide.css';

export function Guide() {
  const number = usePageState(({ guide }) => guide);
  return number === undefined ? null : <Opened number={number} />;
}

/** The view that the guide begins each chapter from. */
const PLAIN = {
  scale: 'fit',
  showsRegions: true,
  showsForces: false,
  showsCircles: false,
  showsImages: false,
  showsUnitCircle: false,
} satisfies Partial<OwnState>;

const KEPT = [
  ...(Object.keys(PLAIN) as (keyof typeof PLAIN)[]),
  'pins',
  'at',
  'showsRecording',
  'selectedRun',
] as const;

function Opened({ number }: { readonly number: number }) {
  const commands = useCommands();
  const { classNames } = useDataSet();
  const recording = usePageState((state) => state.recording);
  const isOfThree = usePageState(hasTheThree);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the state changes with every frame.
  const shown = useMemo(
    () => (isOfThree ? shownAtEnd(commands.store.getState(), classNames) : undefined),
    [recording, isOfThree, commands, classNames],
  );
  const chapter = CHAPTERS[number - 1];
  // While another recording is on its way, the page still shows the one before.
  const isOwn = (chapter?.scene.recording === 'unseen') === (recording?.heldOut !== undefined);
  const isDone = usePageState((state) => chapter?.isDone?.(state) ?? false);
  const next = useRef<HTMLButtonElement>(null);
  useRestored(commands);
  const problem = useRecordingOf(commands, chapter);
  useEffect(() => {
    next.current?.focus({ preventScroll: true });
  }, []);
  useEffect(
    () => (shown && chapter && isOwn ? staged(commands, chapter, shown) : undefined),
    [commands, chapter, shown, isOwn],
  );
  if (chapter === undefined) return null;
  const isLast = number === CHAPTER_COUNT;
  return (
    <section className="guide surface" aria-label="Guide">
      <div className="guide-text" aria-live="polite">
        <h2>
          <span className="guide-number">{`${number} of ${CHAPTER_COUNT}`}</span>
          <span>{chapter.title}</span>
        </h2>
        <p>{shown === undefined ? NOT_SHOWN : chapter.text(shown)}</p>
        {problem !== undefined && <p role="alert">{problem}</p>}
        {shown !== undefined && isOwn && chapter.table !== undefined && (
          <Numbers lines={chapter.table(shown)} />
        )}
        {isDone && <p className="guide-done">Done: this is what margin loss does.</p>}
      </div>
      <div className="guide-turns">
        {shown === undefined && (
          <button type="button" onClick={() => commands.openLink(`#guide=${number}`)}>
            Open the three
          </button>
        )}
        <button type="button" disabled={number === 1} onClick={() => commands.turnTo(number - 1)}>
          Back
        </button>
        <button type="button" className="primary" ref={next} onClick={() => commands.turnTo(number + 1)}>
          {isLast ? 'Finish' : 'Next'}
        </button>
        <button type="button" onClick={() => commands.leaveGuide()}>
          Leave
        </button>
      </div>
    </section>
  );
}

/** The chapter's numbers under the names of the runs. */
function Numbers({ lines }: { readonly lines: readonly TableLine[] }) {
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  return (
    <table className="guide-numbers">
      <thead>
        <tr>
          <td />
          {titles.split('\n').map((title, run) => (
            <th key={title} scope="col">
              <span className={`run-key run-${run}`} aria-hidden="true" />
              <span>{` ${title}`}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, values }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, run) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a run's place is its name here.
              <td key={run}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Shows the recording that a chapter speaks of while it is open; a sentence where it does not come. */
function useRecordingOf(commands: Commands, chapter: Chapter | undefined): string | undefined {
  const wanted = chapter?.scene.recording;
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    setProblem(undefined);
    if (wanted === undefined) return;
    const own = commands.store.getState().recording;
    let isCurrent = true;
    fetchUnseenRecording().then(
      (recording) => {
        if (isCurrent) commands.show({ recording });
      },
      (error: Error) => {
        if (isCurrent) setProblem(error.message);
      },
    );
    return () => {
      isCurrent = false;
      commands.show({ recording: own });
    };
  }, [commands, wanted]);
  return problem;
}

const NOT_SHOWN =
  'The guide speaks of softmax, center and margin loss side by side, as recorded. They are not all there now.';

/** The page opens with these, and the recording has them. */
function hasTheThree({ experiment, recording }: PageState): boolean {
  // The last chapter asks to switch the first.
  const names = experiment.runs.map(({ objective }) => presetLike(objective)?.name);
  const wanted = RADIO_PRESETS.map(({ name }) => name);
  return (
    recording !== undefined &&
    names.length === wanted.length &&
    names.every((name, run) => name === wanted[run] || (run === 0 && name === wanted.at(-1)))
  );
}

/** When the guide is left, the page looks as it did before. */
function useRestored(commands: Commands): void {
  useEffect(() => {
    const before = commands.store.getState();
    const kept = Object.fromEntries(KEPT.map((name) => [name, before[name]])) as Partial<OwnState>;
    return () => {
      const { progress, showsRecording } = commands.store.getState();
      // Who has trained meanwhile stays with the live runs.
      const isLive = !showsRecording && progress !== undefined && progress !== before.progress;
      const { at: _, showsRecording: __, ...look } = kept;
      commands.letGo();
      commands.show({ ...(isLive ? look : kept), isPlaying: false });
    };
  }, [commands]);
}

/** Makes the page show a chapter; returns what ends its playing. */
function staged(commands: Commands, { scene, isDone }: Chapter, shown: Shown): () => void {
  const { store } = commands;
  commands.letGo();
  const { showsRecording } = store.getState();
  // What the reader does in a chapter that asks for it is not taken back.
  if (isDone === undefined || !showsRecording) commands.goToRecording();
  const indicesOf = (rows: readonly (number | undefined)[] = []) =>
    rows.flatMap((row) => (row === undefined ? [] : (shown.indices[row] ?? [])));
  // A sheet of its own above the panels where there is not room beside them.
  if (window.matchMedia('(width < 800px)').matches)
    document.querySelector('.guide')?.scrollIntoView({ block: 'start' });
  const pins = indicesOf(scene.pins?.(shown));
  if (scene.view?.showsImages) commands.wantImages();
  const look = {
    ...PLAIN,
    ...scene.view,
    pins,
    pairs: scene.pairs?.(shown),
    pinnedClass: scene.lit,
    // Enlarged where there is not room for all.
    selectedRun: scene.panel ?? 0,
    at: undefined,
    isPlaying: false,
  };
  const [from, to] = scene.play?.(shown) ?? [];
  if (from === undefined || to === undefined) {
    commands.show(look);
    return () => {};
  }
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  commands.show(isStill ? { ...look, at: to } : { ...look, at: from, isPlaying: true });
  const unsubscribe = store.subscribe(({ at, isPlaying }) => {
    if (isPlaying && at !== undefined && at >= to) commands.show({ at: to, isPlaying: false });
  });
  return unsubscribe;
}
