export interface CallOptions {
  /** Ends the call, which rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}
