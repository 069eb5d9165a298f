// No library's types here: this file is part of the published types.

/** What a server hands to `fetch` beside the request: the part of `@hono/node-server`'s that is read here. */
export interface Connection {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
}
