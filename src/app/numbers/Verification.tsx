/** Pairs of samples decided by a threshold: their distances, the ROC of all runs, the confusions of one. */

import { useEffect, useMemo, useRef } from 'react';
import { distanceOf } from '../../losses/objective.ts';
import type { Evaluation } from '../../measures/evaluation.ts';
import { measureNamed } from '../../measures/measures.ts';
import { METRIC_TEXTS, METRICS, type Scores } from '../../measures/pairs.ts';
import { ratesAt, rocOf } from '../../measures/roc.ts';
import { PAGE_PAIRS, verificationName } from '../../measures/verification.ts';
import { drawHistogram, histogramEnd } from '../../plots/histogram.ts';
import { drawRoc } from '../../plots/roc.ts';
import { drawOnResize } from '../parts/draw-on-resize.ts';
import { Hint } from '../parts/Hint.tsx';
import { numberText, Reading } from '../parts/Reading.tsx';
import { useRoving } from '../parts/roving.ts';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { heldOutShown, objectiveShown } from '../state/selectors.ts';
import { Word } from '../story/Word.tsx';
import { Confusion } from './Confusion.tsx';
import { NOT_YET, NotYet } from './NotYet.tsx';
import { pairsShown, thresholdOf } from './wrong-pairs.ts';
import '../parts/radios.css';
import './Verification.css';

const HELP = {
  naturalDistance: 'The loss of the selected run compares features in this way: marked by a dot.',
  distances: `${PAGE_PAIRS.toLocaleString('en')} pairs of one class (genuine) and as many of two (impostor), drawn with a seed.`,
  threshold:
    'A pair below it is taken for the same class. Moving it joins the pairs that it decides wrongly in the selected plot.',
  far: 'False acceptance rate: share of impostor pairs below the threshold.',
  frr: 'False rejection rate: share of genuine pairs above the threshold.',
  raw: 'The equal error rate of the images themselves, pixel by pixel, on the same pairs: what no network has to be trained for. Dashed in the ROC.',
  aboutMean:
    'Angles are seen from the mean of what training saw, not from the origin. Margin loss fixes no origin: its features may all lie on one side of it, and then the angle at the origin says little.',
  roc: 'Share of genuine pairs accepted (TAR) at each share of impostors accepted (FAR, logarithmic).',
} as const;

export function Verification() {
  const run = usePageState((state) => state.selectedRun);
  const title = usePageState(({ experiment }) => experiment.runs[run]?.title ?? '');
  const evaluation = usePageState(({ evaluations }) => evaluations[run]);
  const { word } = useDataSetShown();
  const roving = useRoving<HTMLDivElement>();
  return (
    <section className="verification surface" aria-label="Verification">
      <div className="measures-head">
        <h2>
          <span className={`run-key run-${run}`} aria-hidden="true" />
          <span>{` ${title}: are two samples the same ${word.one}?`}</span>
        </h2>
        <PartRadios />
        <div className="distance-choice">
          <AboutMean />
          <MetricRadios />
        </div>
      </div>
      <div className="verification-plots" {...roving}>
        <Distances title={title} evaluation={evaluation} />
        <RocFigure />
        <Confusion title={title} evaluation={evaluation} />
      </div>
    </section>
  );
}

function MetricRadios() {
  const commands = useCommands();
  const metric = usePageState((state) => state.metric);
  const natural = usePageState((state) => {
    const objective = objectiveShown(state, state.selectedRun);
    return objective === undefined ? undefined : distanceOf(objective);
  });
  return (
    <div role="radiogroup" aria-label="Distance" className="radios">
      {METRICS.map((name) => (
        <Hint
          key={name}
          text={[METRIC_TEXTS[name].sentence, ...(name === natural ? [HELP.naturalDistance] : [])].join(' ')}
        >
          <label>
            <input
              type="radio"
              name="metric"
              checked={metric === name}
              onChange={() => commands.show({ metric: name, threshold: undefined })}
            />
            <span className={name === natural ? 'is-natural' : undefined}>{METRIC_TEXTS[name].title}</span>
          </label>
        </Hint>
      ))}
    </div>
  );
}

/** From where angles are seen; of distances there is no such question. */
function AboutMean() {
  const commands = useCommands();
  const isAsked = usePageState(({ metric }) => metric === 'cosine');
  const isChosen = usePageState(({ cosineAbout }) => cosineAbout === 'mean');
  if (!isAsked) return null;
  return (
    <Hint text={HELP.aboutMean}>
      <label className="about-mean">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={({ target }) =>
            commands.show({ cosineAbout: target.checked ? 'mean' : 'origin', threshold: undefined })
          }
        />
        <span>About the mean</span>
      </label>
    </Hint>
  );
}

/** Only where training left classes out. */
function PartRadios() {
  const commands = useCommands();
  const isOpenSet = usePageState((state) => heldOutShown(state).length > 0);
  const part = usePageState(pairsShown);
  if (!isOpenSet) return null;
  return (
    <div role="radiogroup" aria-label="Pairs of" className="radios">
      {(['seen', 'unseen'] as const).map((name) => (
        <Hint key={name} text={PART_HELP[name]}>
          <label>
            <input
              type="radio"
              name="pairs-of"
              checked={part === name}
              onChange={() => commands.show({ pairsChosen: name, threshold: undefined })}
            />
            <span>{name === 'seen' ? 'Learnt classes' : 'Never seen'}</span>
          </label>
        </Hint>
      ))}
    </div>
  );
}

const PART_HELP = {
  seen: 'Pairs of classes that training saw.',
  unseen: 'Pairs of classes that training never saw: faces of strangers, as the letter verifies them.',
};

interface RunEvaluation {
  readonly title: string;
  readonly evaluation: Evaluation | undefined;
}

function Distances({ title, evaluation }: RunEvaluation) {
  const commands = useCommands();
  const metric = usePageState((state) => state.metric);
  const chosen = usePageState((state) => state.threshold);
  const part = usePageState(pairsShown);
  const scores: Scores | undefined = evaluation?.[part]?.scores[metric];
  const roc = useMemo(() => (scores === undefined ? undefined : rocOf(scores)), [scores]);
  const end = useMemo(() => (scores === undefined ? 1 : histogramEnd(scores)), [scores]);
  const known = thresholdOf(evaluation, metric, chosen, part);
  const threshold = known ?? 0;
  const isKnown = known !== undefined;
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (scores === undefined) return;
    return drawOnResize(svg.current, (element, width, height) =>
      drawHistogram(element, { ...scores, threshold }, width, height),
    );
  }, [scores, threshold]);
  const raw = usePageState(({ rawPixels }) => rawPixels);
  const eer = measureNamed(verificationName(metric, 'EER', part === 'seen' ? '' : part));
  usePairsUntilLetGo();
  const rates = roc === undefined ? undefined : ratesAt(roc, threshold);
  return (
    <figure>
      <figcaption>
        <Hint text={HELP.distances}>
          <span>{'Distances of '}</span>
        </Hint>
        <Word word="genuine" className="kind-name genuine" />
        <span>{' and '}</span>
        <Word word="impostor" className="kind-name impostor" />
        <span>{' pairs'}</span>
      </figcaption>
      <div className="not-yet-frame">
        {!isKnown && <NotYet />}
        <svg
          ref={svg}
          className="histogram notranslate"
          role="img"
          aria-label={`Distances of pairs in ${title}${isKnown ? '' : `: ${NOT_YET}`}`}
        />
      </div>
      <Hint text={HELP.threshold}>
        <input
          type="range"
          aria-label="Threshold"
          className="threshold"
          aria-valuetext={
            rates === undefined || !isKnown
              ? NOT_YET
              : `${threshold.toPrecision(3)}: FAR ${numberText(rates.far, 3)}, FRR ${numberText(1 - rates.tar, 3)}`
          }
          min={0}
          max={end}
          step="any"
          value={Math.min(end, threshold)}
          disabled={!isKnown}
          onChange={(event) =>
            commands.show({ threshold: event.target.valueAsNumber, showsWrongPairs: true })
          }
          onPointerDown={() => commands.show({ showsWrongPairs: true })}
          onBlur={({ relatedTarget }) => {
            if (!keepsPairs(relatedTarget)) commands.show({ showsWrongPairs: false });
          }}
        />
      </Hint>
      <div className="rates">
        <Reading name="Threshold" testId="threshold" value={numberText(known, 2)} help={HELP.threshold} />
        <Reading name="FAR" testId="FAR" value={numberText(rates?.far, 4)} help={HELP.far} />
        <Reading
          name="FRR"
          testId="FRR"
          value={numberText(1 - (rates?.tar ?? Number.NaN), 4)}
          help={HELP.frr}
        />
        <Reading
          name="EER"
          testId="eer"
          value={numberText(evaluation?.measures[eer.name], eer.digits)}
          help={eer.sentence}
        />
        {part === 'unseen' && (
          <Reading
            name="Raw pixels"
            testId="raw-pixels-eer"
            value={numberText(raw?.measures[eer.name], eer.digits)}
            help={HELP.raw}
          />
        )}
      </div>
    </figure>
  );
}

/** A panel, the gallery and the card, where the pairs are looked at, and a panel's menu, from where a picture of them is saved. */
const LOOKED_AT = '.threshold, .panel, .menu, .gallery, .pinned';

/** True where the pairs stay joined although the focus goes from the threshold to that element, or to none. */
function keepsPairs(to: EventTarget | null): boolean {
  // A press on what takes no focus still leaves it: there the pressed element counts.
  if (to === null) return document.querySelector(`:is(${LOOKED_AT}):active`) !== null;
  return to instanceof Element && to.closest(LOOKED_AT) !== null;
}

/** Wrong pairs stay joined until the reader turns to something else than the plots. */
function usePairsUntilLetGo(): void {
  const commands = useCommands();
  const isShown = usePageState((state) => state.showsWrongPairs);
  useEffect(() => {
    if (!isShown) return;
    const onTurn = ({ target }: Event) => {
      if (!keepsPairs(target)) commands.show({ showsWrongPairs: false });
    };
    document.addEventListener('pointerdown', onTurn);
    document.addEventListener('focusin', onTurn);
    return () => {
      document.removeEventListener('pointerdown', onTurn);
      document.removeEventListener('focusin', onTurn);
    };
  }, [commands, isShown]);
}

function RocFigure() {
  const metric = usePageState((state) => state.metric);
  const evaluations = usePageState((state) => state.evaluations);
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n'));
  const part = usePageState(pairsShown);
  const raw = usePageState(({ rawPixels }) => (part === 'unseen' ? rawPixels?.unseen : undefined));
  const curves = useMemo(() => {
    const curveOf = (name: string, className: string, scores: Scores | undefined) => {
      if (scores === undefined) return [];
      const { far, tar } = rocOf(scores);
      return [{ name, className, far, tar }];
    };
    return [
      ...titles
        .split('\n')
        .flatMap((title, run) => curveOf(title, `run-${run}`, evaluations[run]?.[part]?.scores[metric])),
      ...curveOf('raw pixels', 'raw-pixels', raw?.scores[metric]),
    ];
  }, [titles, evaluations, metric, part, raw]);
  const svg = useRef<SVGSVGElement>(null);
  useEffect(
    () => drawOnResize(svg.current, (element, width, height) => drawRoc(element, curves, width, height)),
    [curves],
  );
  return (
    <figure>
      <Hint text={HELP.roc}>
        <figcaption>ROC of all runs</figcaption>
      </Hint>
      <div className="not-yet-frame">
        {curves.length === 0 && <NotYet />}
        <svg
          ref={svg}
          className="roc notranslate"
          role="img"
          aria-label={`ROC curves, a line a run${curves.length > 0 ? '' : `: ${NOT_YET}`}`}
        />
      </div>
    </figure>
  );
}
