import { inspect } from "node:util";
import { afterAll, beforeAll, expect, vi } from "vitest";
import {
  createDinteroClient,
  type DinteroClient,
  type DinteroClientOptions,
  type Handler,
} from "../../../src/server/index.ts";
import { accountId, clientId, clientSecret, signatureSecret, type Upstream } from "./upstream.ts";

/*
 * All output of the server's functions in a test is recorded here and searched for secrets after the file's tests:
 * answers, errors with all their properties, their stacks, and log lines.
 */
const output: string[] = [];
const tokens = new Set<string>();

/** A client of the fake Dintero whose results and errors are searched. */
export function clientOf(upstream: Upstream, options: Partial<DinteroClientOptions> = {}): DinteroClient {
  const client = createDinteroClient({
    accountId,
    clientId,
    clientSecret,
    apiUrl: upstream.url,
    checkoutUrl: upstream.url,
    ...options,
  });
  const watched = Object.entries(client).map(([name, member]) => {
    if (typeof member !== "function") return [name, member] as const;
    const call = member as (...parameters: unknown[]) => Promise<unknown>;
    return [
      name,
      async (...parameters: unknown[]) => {
        try {
          const result = await call(...parameters);
          record(result);
          return result;
        } catch (error) {
          record(error);
          throw error;
        } finally {
          for (const token of upstream.tokens) tokens.add(token);
        }
      },
    ] as const;
  });
  return Object.fromEntries(watched) as unknown as DinteroClient;
}

/** A handler whose answers are searched. */
export function watch(handler: Handler): Handler {
  return async (request, context) => {
    const response = await handler(request, context);
    record([response.status, ...response.headers], await response.clone().text());
    return response;
  };
}

/** Records what an error hook or a caller received. */
export function record(...things: unknown[]): void {
  for (const thing of things) {
    output.push(
      inspect(thing, { depth: Infinity, showHidden: true, maxStringLength: null, maxArrayLength: null }),
    );
    if (typeof thing === "string") output.push(thing);
    if (thing instanceof Error)
      output.push(thing.message, thing.stack ?? "", JSON.stringify(thing), String(thing.cause));
  }
}

/** Every form in which a secret may appear. */
export function formsOf(secret: string): string[] {
  const base = [secret, Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("base64url")];
  const unpadded = base.map((form) => form.replace(/=+$/, ""));
  return unpadded.flatMap((form) => [
    form,
    encodeURIComponent(form),
    encodeURI(form),
    new URLSearchParams({ "": form }).toString().slice(1),
    JSON.stringify(form).slice(1, -1),
  ]);
}

beforeAll(() => {
  for (const method of ["log", "info", "warn", "error", "debug", "trace"] as const) {
    vi.spyOn(console, method).mockImplementation((...things: unknown[]) => record(...things));
  }
});

afterAll(() => {
  vi.restoreAllMocks();
  const text = output.join("\n").toLowerCase();
  const secrets = [clientSecret, `${clientId}:${clientSecret}`, signatureSecret, ...tokens];
  const leaked = secrets.filter((secret) =>
    formsOf(secret).some((form) => text.includes(form.toLowerCase())),
  );
  expect(leaked, "secrets found in an answer, an error or a log line").toEqual([]);
});
