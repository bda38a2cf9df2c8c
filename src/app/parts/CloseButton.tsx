/** The cross that closes a card. */

import './side-card.css';

export interface CloseButtonProps {
  /** What it closes, as an accessible name. */
  readonly name: string;
  readonly onClose: () => void;
}

export function CloseButton({ name, onClose }: CloseButtonProps) {
  return (
    <button type="button" className="side-close" aria-label={name} onClick={onClose}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M4 4l8 8M12 4l-8 8" />
      </svg>
    </button>
  );
}
