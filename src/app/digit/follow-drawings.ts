/** Passes drawings through the networks: of the runs as they are now, or those that the recording ends with. */

import { DataError } from '../../data/errors.ts';
import { decisionRuleOf } from '../../losses/objective.ts';
import { objectiveAt } from '../../losses/schedule.ts';
import type { Recording } from '../../timeline/recording.ts';
import type { FeaturesRequest } from '../../training/link/protocol.ts';
import { fetchRecordedNetworks } from '../sessions/fetch-recording.ts';
import type { Commands } from '../state/commands.ts';
import { recordedPosition } from '../state/recorded.ts';
import { dataSetShown, dimShown, recordingShown } from '../state/selectors.ts';
import { type Drawing, drawnOf, type PlacedDrawings } from '../state/slices/digit.ts';
import type { Decision } from './own-digit.ts';

const DIM = 2;
/** After a refusal: the worker may be there then. */
const AGAIN_MS = 1000;

/** Follows drawings, and the networks while they learn; one question at a time. @returns the function that ends it */
export function followDrawings(commands: Commands): () => void {
  let isBusy = false;
  let isOver = false;
  let asked: readonly unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let networks: Promise<readonly Float32Array[]> | undefined;

  const look = () => {
    const state = commands.store.getState();
    if (isBusy || isOver) return;
    const recording = recordingShown(state);
    // A drawing is ink on paper, and has a place on a plane.
    const isPlaced = dimShown(state) === DIM && dataSetShown(state).isLight !== true;
    const drawings = isPlaced ? drawnOf(state.drawings) : [];
    // Live networks change with every step: each picture of them asks again.
    const inputs = [
      state.drawings,
      isPlaced,
      recording,
      state.panels,
      recording === undefined ? state.snapshot : undefined,
    ];
    if (inputs.every((input, i) => input === asked[i])) return;
    asked = inputs;
    if (drawings.length === 0) {
      if (state.placedDrawings !== undefined) commands.store.setState({ placedDrawings: undefined });
      return;
    }
    isBusy = true;
    ask(drawings, recording).then(
      (placed) => {
        isBusy = false;
        if (isOver) return;
        commands.store.setState({ placedDrawings: placed });
        look();
      },
      (error: Error) => {
        isBusy = false;
        networks = undefined;
        if (!(error instanceof DataError)) asked = [];
        if (isOver) return;
        // A file that does not come is said; a worker that is not there yet will be.
        if (error instanceof DataError || state.failure !== undefined) commands.tell(error.message);
        else timer = setTimeout(look, AGAIN_MS);
      },
    );
  };

  const ask = async (
    drawings: readonly Drawing[],
    recording: Recording | undefined,
  ): Promise<PlacedDrawings> => {
    const { experiment } = commands.store.getState();
    const images = joined(drawings);
    const request: FeaturesRequest = { kind: 'features', data: (recording ?? experiment).data, images };
    if (recording === undefined) {
      const { runs } = await commands.request(request);
      const decisions = runs.map(({ decision }) => decision as Decision);
      return { drawings, runs: runs.map(({ features }) => features), decisions };
    }
    networks ??= fetchRecordedNetworks(recording);
    const name = recording.origin.network as 'compact';
    const answer = await commands.request({ ...request, networks: { name, parameters: await networks } });
    const state = commands.store.getState();
    const positions = state.experiment.runs.map((_, run) => recordedPosition(state, run));
    return {
      drawings,
      runs: positions.map(
        (position) =>
          answer.runs[position]?.features ?? new Float32Array(DIM * drawings.length).fill(Number.NaN),
      ),
      decisions: positions.map((position) => lastDecision(recording, position)),
    };
  };

  const unsubscribe = commands.store.subscribe(look);
  look();
  return () => {
    isOver = true;
    clearTimeout(timer);
    unsubscribe();
  };
}

function joined(drawings: readonly Drawing[]): Uint8Array {
  const images = drawings.map(({ image }) => image ?? new Uint8Array(0));
  const all = new Uint8Array(images.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const image of images) {
    all.set(image, offset);
    offset += image.length;
  }
  return all;
}

/** How a recorded run decides at its end. */
function lastDecision({ frames, runs }: Recording, position: number): Decision {
  const last = frames.at(-1);
  const run = last?.runs[position];
  const schedule = runs[position]?.schedule;
  if (run === undefined || schedule === undefined)
    return { rule: 'nearest centre', agents: undefined, centres: new Float32Array(0) };
  const rule = decisionRuleOf(objectiveAt(schedule, Math.max(0, (last?.step ?? 0) - 1)));
  return { rule, agents: run.agents, centres: run.centres };
}
