import { patiently } from "./long-poll.ts";
import type {
  AddressRequest,
  DiscountRequest,
  LockAnswer,
  PageErrorCode,
  PageEvent,
  PageEvents,
  PageOutcome,
  PageView,
  PayRequest,
  ShippingOptionRequest,
} from "../page-api.ts";

/** What the page can ask: the sandbox over HTTP, or a scenario played without any server. */
export interface Backend {
  load(): Promise<PageView>;
  pay(request: PayRequest): Promise<PageOutcome>;
  /** `page`: any id of this page, to know its own events again. */
  cancel(page: string): Promise<PageOutcome>;
  lock(): Promise<LockAnswer>;
  refresh(): Promise<PageView>;
  address(request: AddressRequest): Promise<PageView>;
  discount(request: DiscountRequest): Promise<PageView>;
  shippingOption(request: ShippingOptionRequest): Promise<PageView>;
  /** What happened since `after`; answers when there is something, or after a while with nothing. */
  events(after: number): Promise<readonly PageEvent[]>;
}

/** The sandbox said no. `unreachable` when it said nothing. */
export class Refusal extends Error {
  readonly code: PageErrorCode | "unreachable";

  constructor(code: PageErrorCode | "unreachable", message: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
  }

  /** Unknown or expired: the merchant's page hears `SessionNotFound` for both. */
  get gone(): boolean {
    return this.code === "session_not_found" || this.code === "session_expired";
  }
}

export function httpBackend(sid: string): Backend {
  const base = `/_sandbox/page/sessions/${encodeURIComponent(sid)}`;

  async function ask<T>(path: string, body?: unknown, method = "POST"): Promise<T> {
    const request: RequestInit = { method, headers: { accept: "application/json" } };
    if (body !== undefined) {
      request.headers = { ...request.headers, "content-type": "application/json" };
      request.body = JSON.stringify(body);
    }
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(base + path, request);
      answer = await response.json();
    } catch {
      throw new Refusal("unreachable", "");
    }
    if (response.ok) return answer as T;
    const error = (answer as { error?: { code?: PageErrorCode; message?: string } } | null)?.error;
    throw new Refusal(error?.code ?? "unreachable", error?.message ?? "");
  }

  return {
    load: () => ask("", undefined, "GET"),
    pay: (request) => ask("/pay", request),
    cancel: (page) => ask("/cancel", { page }),
    lock: () => ask("/lock"),
    refresh: () => ask("/refresh"),
    address: (request) => ask("/address", request),
    discount: (request) => ask("/discount", request),
    shippingOption: (request) => ask("/shipping-option", request),
    events: (after) =>
      patiently(async (wait) => {
        const path = `/events?after=${after}&wait=${wait}`;
        return (await ask<PageEvents>(path, undefined, "GET")).events;
      }),
  };
}
