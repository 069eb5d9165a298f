/** Replaces the built-in request: answers with a session id, or an object that holds it. */
export type FetchSession = (request: {
  /** Aborted when nobody waits for it any more: the element was removed, starts over, or ran out of time. */
  readonly signal: AbortSignal;
  readonly payload: unknown;
}) => Promise<string | SessionReference>;

/** A session as the merchant's server hands it to the page. */
export interface SessionReference {
  /** `T12345678.…` or `P12345678.…` */
  readonly id: string;
  /** Dintero's own page for it, used by the redirect. */
  readonly url?: string;
}

/** Where and how the merchant's server is asked: what the element was told. */
export interface SessionSource {
  readonly endpoint: string | null;
  readonly fetchSession: FetchSession | null;
  readonly payload: unknown;
  readonly credentials: RequestCredentials | null;
}

/** A request under way. */
export interface Asked {
  readonly answer: Promise<unknown>;
  /** Whether `fetchSession` made it. */
  readonly own: boolean;
  /** Its abort gives the request up. */
  readonly end: AbortController;
}

/** Asks for a session, at once: what reads the answer is loaded meanwhile. */
export function askForSession(source: SessionSource): Asked {
  const { endpoint, fetchSession, payload } = source;
  const end = new AbortController();
  const { signal } = end;
  const answer = fetchSession
    ? Promise.resolve({ signal, payload }).then(fetchSession)
    : send("POST", endpoint!, source, signal);
  answer.catch(() => {});
  return { answer, own: !!fetchSession, end };
}

/** Sends the payload, as JSON. */
export async function send(
  method: "POST" | "PUT",
  url: string | URL,
  { payload, credentials }: SessionSource,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method,
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(payload ?? {}),
    // null once its attribute is taken away
    credentials: credentials ?? "same-origin",
    signal,
  });
}
