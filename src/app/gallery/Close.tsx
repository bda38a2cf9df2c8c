/** Closes the gallery: lets go of what was chosen. */

import { CloseButton } from '../parts/CloseButton.tsx';
import { useCommands } from '../state/context.ts';

export function Close() {
  const commands = useCommands();
  return (
    <CloseButton
      name="Close the gallery"
      onClose={() => commands.show({ confused: undefined, selected: undefined, showsWrongPairs: false })}
    />
  );
}
