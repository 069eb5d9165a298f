import type { SessionRecord, Sessions } from "./sessions/sessions.ts";

/** What outlives a restart. It holds the credentials: keep it out of sight and of version control. */
export interface SavedState extends Credentials {
  readonly version: 1;
  readonly sessions: readonly SavedSession[];
}

interface Credentials {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signatureSecret: string;
}

type SavedSession = Pick<
  SessionRecord,
  "session" | "transaction" | "outcome" | "shippingLine" | "undeliverable"
>;

/** Where the state is kept. `save` is called after every change and is handed a function, so that it can wait and write once. */
export interface StateStore {
  load(): SavedState | undefined;
  save(read: () => SavedState): void;
}

export function snapshot(credentials: Credentials, sessions: Sessions): () => SavedState {
  return () => ({
    version: 1,
    ...credentials,
    sessions: Array.from(
      sessions.records(),
      ({ session, transaction, outcome, shippingLine, undeliverable }) => ({
        ...{ session, transaction, outcome, shippingLine, undeliverable },
      }),
    ),
  });
}

export function restore(saved: SavedState, sessions: Sessions): void {
  for (const record of saved.sessions) sessions.add({ ...record, directives: {} });
}
