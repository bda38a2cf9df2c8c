/** Above the plots: what is chosen to stand out there, wherever it was chosen, and the way to let go of it. */

import { useShallow } from 'zustand/react/shallow';
import { choicesShown } from '../state/chosen.ts';
import { useCommands, usePageState } from '../state/context.ts';
import './Chosen.css';

export function Chosen() {
  const commands = useCommands();
  const texts = usePageState(useShallow(() => choicesShown(commands).map(({ text }) => text)));
  return (
    <ul className="choices" aria-label="Chosen">
      {texts.length > 0 &&
        choicesShown(commands).map(({ kind, text, without }) => (
          <li key={kind} className="chip">
            <span title={text}>{text}</span>
            <button type="button" aria-label={`Let go of ${text}`} onClick={() => commands.show(without)}>
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d="M4 4l8 8M12 4l-8 8" />
              </svg>
            </button>
          </li>
        ))}
    </ul>
  );
}
