/** In a frame of another page, or in a lecture: what this is, what trains it, and the way to the whole lab. */

import { useCommands, usePageState } from '../state/context.ts';
import type { Mode } from './mode.ts';
import { Buttons } from './Toolbar.tsx';

export function LinkToLab({ mode }: { readonly mode: Mode }) {
  const commands = useCommands();
  // The link opens what is shown.
  usePageState(({ experiment }) => experiment);
  const address = new URL(commands.link().href);
  address.search = '';
  const isFramed = mode === 'embed';
  return (
    <header className="lab-link">
      <h1>
        <a href={address.href} {...(isFramed ? { target: '_blank', rel: 'noopener' } : {})}>
          Margin Loss Lab
        </a>
      </h1>
      <Buttons />
      <Sentence />
    </header>
  );
}

/** Why nothing moves, where that is so. */
function Sentence() {
  const sentence = usePageState(
    ({ failure, dataProblem, lab, showsRecording }) =>
      failure ?? dataProblem ?? (showsRecording ? RECORDED : (lab?.sentence ?? '')),
  );
  return <p role="status">{sentence}</p>;
}

const RECORDED = 'Recorded: press Train for your own.';
