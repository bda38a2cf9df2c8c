/** A panel as a file: its picture as PNG and SVG, its features as CSV. */

import { featuresCsv } from '../../data/csv.ts';
import { figureHeight, figureSvg } from '../../plots/figure.ts';
import type { Scatter } from '../../plots/scatter.ts';
import { dimIn } from '../../timeline/timeline.ts';
import type { RunSpec } from '../../training/link/protocol.ts';
import { fileName, rasterised, save, svgBlob } from '../export/download.ts';
import { numberText } from '../parts/Reading.tsx';
import type { Commands } from '../state/commands.ts';
import { settingsText } from '../state/objective-text.ts';
import { isTitled, namesOf, switchesText, switchStepsText } from '../state/run-title.ts';
import { objectiveShown, recordingShown, samplesShown, stepShown } from '../state/selectors.ts';

export const PANEL_EXPORTS = [
  { kind: 'png', name: 'Save as PNG' },
  { kind: 'svg', name: 'Save as SVG' },
  { kind: 'csv', name: 'Save features as CSV' },
] as const;
export type PanelExport = (typeof PANEL_EXPORTS)[number]['kind'];

/** A PNG has so many pixels a CSS pixel. */
const PNG_SCALE = 3;

/** @throws Error with a sentence where there is nothing to save, or the browser can't */
export async function exportPanel(
  kind: PanelExport,
  commands: Commands,
  run: number,
  scatter: Scatter | undefined,
): Promise<void> {
  const state = commands.store.getState();
  const moment = commands.moment(run);
  const samples = samplesShown(state);
  const picture = scatter?.picture;
  if (moment === undefined || samples === undefined || picture === undefined) {
    throw new Error('There is nothing in this panel to save yet.');
  }
  const spec = state.experiment.runs[run];
  const title = spec?.title ?? '';
  // Nothing was switched in a recorded run.
  const live = recordingShown(state) === undefined ? spec : undefined;
  const name = fileName([title, ...switchedAt(live), 'step', String(Math.round(stepShown(state)))], kind);
  if (kind === 'csv') {
    return save(
      name,
      new Blob([featuresCsv(moment.features, samples.labels, dimIn(moment))], { type: 'text/csv' }),
    );
  }
  const subtitle = live && (isTitled(live) ? switchesText(live) : switchStepsText(live));
  const svg = figureSvg(picture, { title, subtitle, caption: captionOf(commands, run) });
  const blob = svgBlob(svg);
  save(
    name,
    kind === 'svg' ? blob : await rasterised(blob, picture.frame.width, figureHeight(picture), PNG_SCALE),
  );
}

/** 'at', '1664' for a run that was last switched there. */
function switchedAt(spec: RunSpec | undefined): readonly string[] {
  const last = spec && namesOf(spec).slice(1).at(-1);
  return last === undefined ? [] : ['at', String(last.step)];
}

function captionOf(commands: Commands, run: number): string {
  const state = commands.store.getState();
  const { network, seed } = state.experiment;
  const origin = recordingShown(state)?.origin;
  const objective = objectiveShown(state, run);
  const measures = commands.moment(run)?.measures;
  const settings = objective === undefined ? '' : settingsText(objective);
  const ratio = numberText(measures?.D2OverD1, 2);
  return `Step ${Math.round(stepShown(state))}, ${settings}; ${origin?.network ?? network}, seed ${origin?.seed ?? seed}; D2/D1 ${ratio}`;
}
