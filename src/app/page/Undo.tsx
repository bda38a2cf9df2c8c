/** Training that was ended a moment ago: one press brings it back. */

import { useState } from 'react';
import { useCommands, usePageState } from '../state/context.ts';

export function Undo() {
  const commands = useCommands();
  const sentence = usePageState(({ ended }) => ended.at(-1)?.sentence);
  const [isBusy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    await commands.undo();
    setBusy(false);
  };
  return (
    <>
      {/* Always there, so that what comes into it is announced. */}
      <p className="visually-hidden" aria-live="polite">
        {sentence !== undefined && `${sentence} Undo brings it back.`}
      </p>
      {sentence !== undefined && (
        <section className="notice is-row" aria-label="Ended training">
          <p>{sentence}</p>
          <div className="notice-ways">
            <button type="button" disabled={isBusy} onClick={undo}>
              Undo
            </button>
            <button
              type="button"
              className="close-button"
              aria-label="Close"
              onClick={() => commands.forgetEnded()}
            >
              ×
            </button>
          </div>
        </section>
      )}
    </>
  );
}
