/** A dialogue over the page: its title, a button that closes it, and what it is about. */

import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { CloseButton } from './CloseButton.tsx';
import './DialogFrame.css';

export interface DialogFrameProps {
  readonly title: string;
  /** Of the button that closes it. */
  readonly closeName: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function DialogFrame({ title, closeName, className, onClose, children }: DialogFrameProps) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className={`dialog surface ${className}`}>
          <header className="dialog-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <CloseButton name={closeName} onClose={onClose} />
          </header>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
