/** What the page has to say to the reader, and to offer. */

import { type Access, empty, type Happening, type StateOf } from './slice.ts';

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
    /** Sessions of earlier visits that can be gone on with, newest first. */
    offers: empty<StoredSession>(),
  }),
};

export type NoticesState = StateOf<typeof noticesSlice>;

export function noticesAfter(state: NoticesState, happening: Happening): Partial<NoticesState> {
  return happening.type === 'notice' ? withNotice(state, happening.sentence) : {};
}

/** The newest few, each once. */
export function withNotice({ notices }: NoticesState, sentence: string): Partial<NoticesState> {
  return { notices: [...notices.filter((other) => other !== sentence), sentence].slice(-MOST_NOTICES) };
}

export interface NoticesCommands {
  /** A sentence for the reader. */
  tell(sentence: string): void;
  dismissNotices(): void;
  /** Offers sessions of earlier visits. */
  offer(sessions: readonly StoredSession[], ways: KeptSessions): void;
  /** Goes on with one of them. */
  acceptOffer(id: string): Promise<void>;
  /** Removes one of them for good. */
  deleteOffered(id: string): Promise<void>;
  /** What one of them looks like; undefined where that can't be told. */
  pictureOf(id: string): Promise<SmallPicture | undefined>;
  /** Withdraws the offer; they stay where they are. */
  declineOffers(): void;
}

/** What can be done with the sessions that are offered, by their id. */
export interface KeptSessions {
  open(id: string): Promise<void>;
  /** Resolves to true where it is gone. */
  remove(id: string): Promise<boolean>;
  pictureOf(id: string): Promise<SmallPicture | undefined>;
}

/** Some of the features that a session showed last, of its first run. */
export interface SmallPicture {
  /** [count × 2]. */
  readonly points: Float32Array;
  /** [count]. */
  readonly labels: Uint8Array;
  readonly classes: number;
}

export function createNoticesCommands(store: Access<NoticesState>): NoticesCommands {
  let kept: KeptSessions | undefined;
  return {
    tell: (sentence) => store.setState((state) => withNotice(state, sentence)),
    dismissNotices: () => store.setState({ notices: [] }),
    offer(offers, ways) {
      kept = ways;
      store.setState({ offers });
    },
    acceptOffer: async (id) => kept?.open(id),
    async deleteOffered(id) {
      if (!(await kept?.remove(id))) return;
      store.setState(({ offers }) => ({ offers: offers.filter((each) => each.id !== id) }));
    },
    pictureOf: async (id) => kept?.pictureOf(id),
    declineOffers: () => store.setState({ offers: [] }),
  };
}
