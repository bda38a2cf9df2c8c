/** A tooltip on hover and on focus: says what the thing inside is. */

import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import './Hint.css';

export interface HintProps {
  readonly text: string;
  /** One focusable or hoverable element. */
  readonly children: ReactElement;
}

export function Hint({ text, children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={8} collisionPadding={8} className="hint-positioner">
          <Tooltip.Popup className="hint">{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
