/** What help says, beside what it is of. Fetched when it is first wanted: placing it takes more code than the rest of the page. */

import { Tooltip } from '@base-ui/react/tooltip';
import './Hint.css';

export function HintPopup({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  return (
    <Tooltip.Portal>
      <Tooltip.Positioner sideOffset={8} collisionPadding={8} className="hint-positioner">
        <Tooltip.Popup
          className="hint"
          onClick={(event) => {
            // In React's tree it may stand inside of other help.
            event.stopPropagation();
            onClose();
          }}
        >
          {text}
        </Tooltip.Popup>
      </Tooltip.Positioner>
    </Tooltip.Portal>
  );
}
