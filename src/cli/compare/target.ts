import { isObject } from "../../dintero/rules/rule.ts";
import { reach } from "../doctor/reach.ts";
import type { Setup } from "../doctor/environment.ts";
import type { Recording } from "./differences.ts";
import { shapeOf } from "./shape.ts";

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/v1` of the checkout, or of the API for the token. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the token. */
  readonly authorization?: string;
}

export interface Answered {
  readonly recording: Recording;
  readonly body: Readonly<Record<string, unknown>>;
}

const documentedHeaders = ["content-type", "retry-after", "event-request-id"];

/** One side of the comparison: an account, or the sandbox. */
export class Target {
  readonly #setup: Setup;
  readonly #fetch: typeof fetch;
  #token = "";

  constructor(setup: Setup, send: typeof fetch = fetch) {
    this.#setup = setup;
    this.#fetch = send;
  }

  get setup(): Setup {
    return this.#setup;
  }

  /** `Authorization` of the token call. */
  get basic(): string {
    const { clientId, clientSecret } = this.#setup;
    return `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
  }

  /** Later calls use the token. */
  useToken(token: unknown): void {
    this.#token = String(token);
  }

  /** @throws {Unreachable} when no answer comes. */
  async send({ method, path, body, headers = {}, authorization }: Call): Promise<Answered> {
    const { apiUrl, checkoutUrl } = this.#setup;
    // A checkout address with a path of its own is taken as it is.
    const hasPath = new URL(checkoutUrl).pathname !== "/";
    const base = path.startsWith("/accounts/") ? `${apiUrl}/v1` : `${checkoutUrl}${hasPath ? "" : "/v1"}`;
    const answer = await reach(
      `${base}${path}`,
      {
        method,
        redirect: "manual",
        headers: {
          authorization: authorization ?? `Bearer ${this.#token}`,
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      { fetch: this.#fetch },
    );
    const parsed = parse(answer.text);
    const named = documentedHeaders.flatMap((name) => {
      const value = answer.headers.get(name);
      // Ids and seconds differ from call to call: that they are there is what counts.
      if (value === null) return [];
      return [[name, name === "content-type" ? value.split(";")[0]!.trim() : "present"] as const];
    });
    return {
      recording: { status: answer.status, headers: Object.fromEntries(named), shape: shapeOf(parsed) },
      body: isObject(parsed) ? parsed : {},
    };
  }
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return "no JSON";
  }
}
