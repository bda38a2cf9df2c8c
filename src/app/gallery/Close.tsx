/** Closes the gallery: lets go of what was chosen. */

import { useCommands } from '../state/context.ts';

export function Close() {
  const commands = useCommands();
  return (
    <button
      type="button"
      className="gallery-close"
      aria-label="Close the gallery"
      onClick={() => commands.show({ confused: undefined, selected: undefined, showsWrongPairs: false })}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M4 4l8 8M12 4l-8 8" />
      </svg>
    </button>
  );
}
