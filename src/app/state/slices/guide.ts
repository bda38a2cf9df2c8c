/** The guided minute: which chapter is open. What chapters show is in app/story. */

import { type Access, none, type StateOf } from './slice.ts';

/** How many chapters there are, without their texts, which are fetched when the guide opens. */
export const CHAPTER_COUNT = 9;

export const guideSlice = {
  visit: {
    /** The chapter that is open, from 1; undefined while the guide is closed. */
    guide: none<number>(),
  },
  fresh: () => ({}),
};

export type GuideState = StateOf<typeof guideSlice>;

export interface GuideCommands {
  /** Opens the guide, or turns to a chapter, from 1; beyond the last it leaves. */
  turnTo(chapter: number): void;
  leaveGuide(): void;
}

export function createGuideCommands(store: Access<GuideState>): GuideCommands {
  const leaveGuide = () => store.setState({ guide: undefined });
  return {
    turnTo(chapter) {
      if (chapter > CHAPTER_COUNT) leaveGuide();
      else store.setState({ guide: Math.max(1, chapter) });
    },
    leaveGuide,
  };
}
