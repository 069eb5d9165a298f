import type { Profile, Profiles } from "./profiles/profiles.ts";
import type { SavedSession } from "./session-record.ts";
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

/** Where the state is kept. `save` is called after every change and is handed a function, so that it can wait and write once. */
export interface StateStore {
  load(): SavedState | undefined;
  save(read: () => SavedState): void;
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
    sessions: Array.from(
      sessions.records(),
      ({ directives: _, expiryReported: __, addressInQuestion: ___, feed: ____, ...saved }) => saved,
    ),
    savedCards: [...savedCards],
    profiles: [...profiles],
    subscriptions: [...subscriptions],
  });
}

export function restore(saved: SavedState, { sessions, savedCards, profiles, subscriptions }: Lasting): void {
  for (const card of saved.savedCards ?? []) savedCards.add(card);
  for (const profile of saved.profiles ?? []) profiles.add(profile);
  for (const subscription of saved.subscriptions ?? []) subscriptions.add(subscription);
  for (const session of saved.sessions) sessions.add(session);
}
