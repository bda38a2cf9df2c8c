/**
 * What was chosen in a plot, in the confusion matrix or by the threshold, as images: the worst first, each with its verdict
 * in every run. The order is made when something is chosen, so that nothing dances; verdicts follow the timeline.
 */

import { useEffect, useMemo, useState } from 'react';
import { Digit } from '../parts/Digit.tsx';
import { Hint } from '../parts/Hint.tsx';
import { useRoving } from '../parts/roving.ts';
import { useCalm } from '../state/calm.ts';
import { chosenRows } from '../state/chosen.ts';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { ruleShown, samplesShown } from '../state/selectors.ts';
import { imagesShown } from '../state/slices/images.ts';
import { Close } from './Close.tsx';
import { type Filter, filtersFor, passes, worstFirst, wrongnessOf } from './chosen-samples.ts';
import { saveChosen } from './save-chosen.ts';
import { WrongPairs } from './WrongPairs.tsx';
import './Gallery.css';

/** So many images at first, and with every press on "Show more". */
const SHARE = 120;

const HELP = {
  order: 'In order of how wrong the selected run is: how much it prefers another class to the right one.',
  image: 'Press an image to pin it in all plots; with Shift beside the others.',
  csv: 'Index, label, and of each run prediction and features, of what is shown here.',
};

export function Gallery() {
  const hasChosen = usePageState(
    ({ confused, selected }) => confused !== undefined || selected !== undefined,
  );
  const hasPairs = usePageState(({ showsWrongPairs }) => showsWrongPairs);
  if (!hasChosen && !hasPairs) return null;
  return (
    <section className="gallery side-card surface" aria-label="Gallery">
      {hasChosen ? <Chosen /> : <WrongPairs />}
    </section>
  );
}

function Chosen() {
  const commands = useCommands();
  const [filter, setFilter] = useState<Filter>({ kind: 'all' });
  const [most, setMost] = useState(SHARE);
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n')).split(
    '\n',
  );
  const images = usePageState(imagesShown);
  const ordered = useOrdered();
  const moments = useCalm(() => titles.map((_, run) => commands.moment(run)), [titles.length]);
  const labels = usePageState(samplesShown)?.labels;
  useEffect(() => {
    if (images === undefined) commands.wantImages();
  }, [commands, images]);
  const isWrong = (run: number, row: number) => {
    const predicted = moments[run]?.predictions[row];
    return predicted !== undefined && predicted !== labels?.[row];
  };
  const rows = ordered.filter((row) => passes(filter, row, titles.length, isWrong));
  return (
    <>
      <div className="gallery-head">
        <Hint text={HELP.order}>
          <h2>
            {rows.length === 1 ? '1 sample, the worst first' : `${rows.length} samples, the worst first`}
          </h2>
        </Hint>
        <Hint text={HELP.csv}>
          <button type="button" disabled={rows.length === 0} onClick={() => saveChosen(commands, rows)}>
            CSV
          </button>
        </Hint>
        <Close />
      </div>
      <Filters titles={titles} filter={filter} onChoose={setFilter} />
      <Thumbnails rows={rows.slice(0, most)} predictions={moments.map((moment) => moment?.predictions)} />
      {rows.length > most && (
        <button type="button" onClick={() => setMost(most + SHARE)}>
          {`Show more of ${rows.length - most}`}
        </button>
      )}
    </>
  );
}

/** The rows that are chosen, the worst of the selected run first. */
function useOrdered(): readonly number[] {
  const commands = useCommands();
  const confused = usePageState((state) => state.confused);
  const selected = usePageState((state) => state.selected);
  const samples = usePageState(samplesShown);
  const run = usePageState(({ selectedRun }) => selectedRun);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order holds until something else is chosen.
  return useMemo(() => {
    const state = commands.store.getState();
    const moment = commands.moment(run);
    const chosen = chosenRows(state, moment?.predictions);
    const rule = ruleShown(state, run);
    if (chosen === undefined || samples === undefined) return [];
    const rows = Array.from(chosen.keys()).filter((row) => chosen[row] === 1);
    if (moment === undefined || rule === undefined) return rows;
    return worstFirst(rows, wrongnessOf(moment, rule, rows, samples.labels));
  }, [commands, confused, selected, samples, run]);
}

interface FiltersProps {
  readonly titles: readonly string[];
  readonly filter: Filter;
  readonly onChoose: (filter: Filter) => void;
}

function Filters({ titles, filter, onChoose }: FiltersProps) {
  const roving = useRoving<HTMLDivElement>();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no looks of its own to lose, but a legend to show.
    <div role="group" aria-label="Which of them" className="gallery-filters" {...roving}>
      {filtersFor(titles).map((each) => (
        <button
          key={each.name}
          type="button"
          title={each.name}
          aria-label={each.name}
          aria-pressed={JSON.stringify(filter) === JSON.stringify(each.filter)}
          onClick={() => onChoose(each.filter)}
        >
          <FilterSign filter={each.filter} />
        </button>
      ))}
    </div>
  );
}

function FilterSign({ filter }: { readonly filter: Filter }) {
  if (filter.kind === 'all') return <span>All</span>;
  if (filter.kind === 'wrong in any') return <span>Any ✗</span>;
  return (
    <>
      <span className={`run-key run-${filter.wrong}`} />
      <span>✗</span>
      <span className={`run-key run-${filter.right}`} />
      <span>✓</span>
    </>
  );
}

interface ThumbnailsProps {
  readonly rows: readonly number[];
  /** A run each. */
  readonly predictions: readonly (Uint8Array | undefined)[];
}

function Thumbnails({ rows, predictions }: ThumbnailsProps) {
  const commands = useCommands();
  const roving = useRoving<HTMLUListElement>();
  const { classNames } = useDataSetShown();
  const samples = usePageState(samplesShown);
  const images = usePageState(imagesShown);
  const titles = usePageState(({ experiment }) => experiment.runs.map(({ title }) => title).join('\n')).split(
    '\n',
  );
  if (samples === undefined) return null;
  if (images === undefined) return <p className="gallery-note">The images are being loaded.</p>;
  return (
    <Hint text={HELP.image}>
      <ul className="gallery-images" {...roving}>
        {rows.map((row) => {
          const index = samples.indices[row] ?? -1;
          const label = samples.labels[row] ?? -1;
          const verdicts = predictions.map((own) => own?.[row]);
          const words = verdicts.map((predicted, run) =>
            predicted === label
              ? `right in ${titles[run]}`
              : `${titles[run]} takes it for ${classNames[predicted ?? -1] ?? 'nothing'}`,
          );
          return (
            <li key={row}>
              <button type="button" onClick={(event) => commands.pinSample(index, event.shiftKey)}>
                <Digit images={images} row={row} />
                <span className="visually-hidden">
                  {`Sample ${index}, a ${classNames[label]}: ${words.join(', ')}`}
                </span>
                <span className="verdicts" aria-hidden="true">
                  {verdicts.map((predicted, run) => (
                    <span
                      // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its position.
                      key={run}
                      className={`verdict run-${run}${predicted === label ? '' : ' is-wrong'}`}
                    >
                      {predicted === label ? '✓' : (classNames[predicted ?? -1] ?? '–')}
                    </span>
                  ))}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Hint>
  );
}
