/** Pages with all their commands, for tests: their workers are scripted. */

import { vi } from 'vitest';
import type { Checkpoint, Command, Event } from '../../training/link/protocol.ts';
import { createCommands } from './commands.ts';
import { samples, snapshotAt } from './in-tests.ts';

/** A page whose client only records the commands it is sent. */
export function page(hash = '') {
  const told: Command[] = [];
  const hashes: string[] = [];
  const answers: (Checkpoint | undefined)[] = [];
  let listeners: ((event: Event) => void)[][] = [];
  const fetchRecordedImages = vi.fn(async () => new Uint8Array(0));
  let isSpoilt = false;
  let isSilent = false;
  const commands = createCommands({
    hash,
    dataUrl: 'http://localhost/data/',
    saveData: false,
    prefersStill: false,
    onHash: (written) => hashes.push(written),
    createClient() {
      if (isSpoilt) throw new Error('There are no more workers.');
      const own: ((event: Event) => void)[] = [];
      listeners.push(own);
      return {
        send: (command) => told.push(command),
        subscribe(listener) {
          own.push(listener);
          return () => {};
        },
        checkpoint: async () => answers.shift(),
        finalCheckpoint: async () => (isSilent ? new Promise(() => {}) : answers.shift()),
        request: () => new Promise(() => {}),
        moveTo: async () => {},
        dispose() {
          listeners = listeners.filter((other) => other !== own);
        },
      };
    },
    fetchRecordedImages,
    backendMemory: { get: () => undefined, set: () => {} },
    coresMemory: { get: () => undefined, set: () => {} },
  });
  const hear = (...events: Event[]) => {
    for (const event of events) for (const listener of listeners.flat()) listener(event);
  };
  const spoil = () => {
    isSpoilt = true;
  };
  const silence = () => {
    isSilent = true;
  };
  return {
    commands,
    told,
    hashes,
    answers,
    fetchRecordedImages,
    hear,
    spoil,
    silence,
    state: () => commands.store.getState(),
  };
}

/** The same after the worker has begun, and has trained to step 20. */
export function begun() {
  const opened = page();
  const { commands, hear, told } = opened;
  commands.start();
  hear(samples());
  for (const step of [0, 10, 20])
    hear(snapshotAt(step, { runs: commands.store.getState().experiment.runs.length }));
  told.length = 0;
  return opened;
}
