import type { Profile, Profiles } from "./profiles/profiles.ts";
import type { SavedSession, SessionRecord } from "./session-record.ts";
import type { Sessions } from "./sessions/sessions.ts";
import type { Subscription, Subscriptions } from "./webhooks/subscriptions.ts";
import type { CardToken, SavedCards } from "./transactions/saved-cards.ts";

/** The data kept over a restart. It contains the credentials: keep it private and out of version control. */
export interface SavedState extends Credentials {
  readonly version: 1;
  readonly sessions: readonly SavedSession[];
  readonly savedCards?: readonly CardToken[];
  readonly profiles?: readonly Profile[];
  readonly subscriptions?: readonly Subscription[];
}

interface Credentials {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signatureSecret: string;
}

/** Where the state is kept. */
export interface StateStore {
  load(): SavedState | undefined;
  /**
   * Called after every change with functions, so that it can wait and write once. `session` reads the session that
   * changed, where nothing else did.
   */
  save(read: () => SavedState, session?: () => SavedSession): void;
  /** Resolves when what was saved so far is kept. The sandbox waits for it before it answers. */
  settled?(): Promise<void>;
}

/** The part of a sandbox that is kept over a restart. */
export interface Lasting {
  readonly sessions: Sessions;
  readonly savedCards: SavedCards;
  readonly profiles: Profiles;
  readonly subscriptions: Subscriptions;
}

export function snapshot(
  credentials: Credentials,
  { sessions, savedCards, profiles, subscriptions }: Lasting,
): () => SavedState {
  return () => ({
    version: 1,
    ...credentials,
    sessions: Array.from(sessions.records(), savedSession),
    savedCards: [...savedCards],
    profiles: [...profiles],
    subscriptions: [...subscriptions],
  });
}

/** The part of a record that is kept. */
export function savedSession({
  directives: _,
  expiryReported: __,
  addressInQuestion: ___,
  feed: ____,
  ...saved
}: SessionRecord): SavedSession {
  return saved;
}

export function restore(saved: SavedState, { sessions, savedCards, profiles, subscriptions }: Lasting): void {
  for (const card of saved.savedCards ?? []) savedCards.add(card);
  for (const profile of saved.profiles ?? []) profiles.add(profile);
  for (const subscription of saved.subscriptions ?? []) subscriptions.add(subscription);
  for (const session of saved.sessions) sessions.add(session);
}
