/** Says, for screen readers, on which sample the arrow keys have come to stand in a plot. */

import { capital } from '../parts/data-help.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { dataSetShown, samplesShown } from '../state/selectors.ts';

export function WalkedSample() {
  const commands = useCommands();
  const sentence = usePageState((state) => {
    const { highlight } = state;
    if (highlight?.by !== 'keys') return '';
    const moment = commands.moment(highlight.run);
    const samples = samplesShown(state);
    const label = samples?.labels[highlight.sample];
    if (moment === undefined || label === undefined) return '';
    const { classNames, word } = dataSetShown(state);
    const [x, y] = [0, 1].map((axis) => coordinate(moment.features[2 * highlight.sample + axis]));
    const predicted = classNames[moment.predictions[highlight.sample] ?? -1];
    const index = samples?.indices[highlight.sample];
    return `${capital(word.one)} ${classNames[label]}, predicted ${predicted}, at ${x}, ${y}. Sample ${index}.`;
  });
  return (
    <p className="visually-hidden" aria-live="polite" data-testid="walked-sample">
      {sentence}
    </p>
  );
}

function coordinate(value = Number.NaN): string {
  return value.toFixed(2).replace('-', '−');
}
