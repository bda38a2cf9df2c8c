/** The grand tour: turns the plane of the plots a little with every painted frame, outside React. */

import { toured } from '../../plots/projection.ts';
import { planeShown } from './axes.ts';
import type { Commands } from './commands.ts';

/** A page that was away for long goes on where it was. */
const LONGEST_FRAME_S = 0.1;

/** Turns whenever the store says so; returns the function that ends it. */
export function attachTour(commands: Commands): () => void {
  let request = 0;
  let last = 0;
  const advance = (now: number) => {
    const state = commands.store.getState();
    const axes = state.experiment.runs.map((_, run) => commands.axes(run)).find((own) => own !== undefined);
    if (!state.isTouring) {
      request = 0;
      return;
    }
    const seconds = Math.min(LONGEST_FRAME_S, (now - last) / 1000);
    last = now;
    if (axes !== undefined && !state.isHoldingAxis)
      commands.show({ plane: toured(planeShown(state, axes.count), seconds) });
    request = requestAnimationFrame(advance);
  };
  const look = () => {
    if (!commands.store.getState().isTouring || request !== 0) return;
    last = performance.now();
    request = requestAnimationFrame(advance);
  };
  const unsubscribe = commands.store.subscribe(look);
  look();
  return () => {
    cancelAnimationFrame(request);
    unsubscribe();
  };
}
