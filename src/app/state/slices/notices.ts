/** What the page has to say to the reader, and to offer. */

import { type Access, empty, type Happening, none, type StateOf } from './slice.ts';

/** A session that stays in this browser. */
export interface StoredSession {
  /** Of the page that keeps it. */
  readonly id: string;
  readonly step: number;
  readonly titles: readonly string[];
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

const MOST_NOTICES = 4;

export const noticesSlice = {
  visit: {
    /** Sentences, newest last. */
    notices: empty<string>(),
  },
  fresh: () => ({
    /** A session of an earlier visit that can be gone on with. */
    offer: none<StoredSession>(),
  }),
};

export type NoticesState = StateOf<typeof noticesSlice>;

export function noticesAfter(state: NoticesState, happening: Happening): Partial<NoticesState> {
  return happening.type === 'notice' ? withNotice(state, happening.sentence) : {};
}

/** The newest few, each once. */
function withNotice({ notices }: NoticesState, sentence: string): Partial<NoticesState> {
  return { notices: [...notices.filter((other) => other !== sentence), sentence].slice(-MOST_NOTICES) };
}

export interface NoticesCommands {
  /** A sentence for the reader. */
  tell(sentence: string): void;
  dismissNotices(): void;
  /** What opens the session that is offered. */
  onOffer(open: (offer: StoredSession) => Promise<void>): void;
  /** Goes on where the last visit stopped. */
  acceptOffer(): void;
  /** Withdraws the offer. */
  declineOffer(): void;
}

export function createNoticesCommands(store: Access<NoticesState>): NoticesCommands {
  let openOffer: ((offer: StoredSession) => Promise<void>) | undefined;
  return {
    tell: (sentence) => store.setState((state) => withNotice(state, sentence)),
    dismissNotices: () => store.setState({ notices: [] }),
    onOffer(open) {
      openOffer = open;
    },
    declineOffer: () => store.setState({ offer: undefined }),
    acceptOffer() {
      const { offer } = store.getState();
      if (offer !== undefined) openOffer?.(offer);
    },
  };
}
