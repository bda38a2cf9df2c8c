/** A session's file, or images, may be dropped anywhere on the page. */

import { useEffect, useState } from 'react';
import { droppedIn, holdsImages } from '../images/picked-files.ts';
import { openFiles } from '../sessions/files.ts';
import { useCommands } from '../state/context.ts';
import './DropZone.css';

export function DropZone() {
  const commands = useCommands();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const { dataTransfer } = event;
      if (dataTransfer !== null && holdsImages(dataTransfer)) {
        droppedIn(dataTransfer).then((files) => commands.show({ isOpeningImages: true, imageFiles: files }));
      } else openFiles(commands, dataTransfer?.files);
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('dragleave', onDragLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('dragleave', onDragLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, [commands]);
  return isOver ? <p className="drop-zone">Drop a session or a folder of images to open it</p> : null;
}
