import { longPoll } from "./long-poll.ts";
import type {
  AddressRequest,
  AddressResultRequest,
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

/** What the page requests from the sandbox. */
export interface Backend {
  load(): Promise<PageView>;
  pay(request: PayRequest): Promise<PageOutcome>;
  /** `page`: id of this page, by which it recognizes its own events. */
  cancel(page: string): Promise<PageOutcome>;
  lock(): Promise<LockAnswer>;
  refresh(): Promise<PageView>;
  address(request: AddressRequest): Promise<PageView>;
  /** Ends the lock of a client-side address callback. */
  addressResult(request: AddressResultRequest): Promise<PageView>;
  discount(request: DiscountRequest): Promise<PageView>;
  shippingOption(request: ShippingOptionRequest): Promise<PageView>;
  /** Events since `after`; resolves when there are some, or after a while with none. */
  events(after: number): Promise<readonly PageEvent[]>;
}

/** The sandbox refused. `unreachable` when it did not answer. */
export class Refusal extends Error {
  readonly code: PageErrorCode | "unreachable";

  constructor(code: PageErrorCode | "unreachable", message: string) {
    super(message);
    this.name = "Refusal";
    this.code = code;
  }

  /** Unknown or expired: `SessionNotFound` for the merchant's page in both cases. */
  get gone(): boolean {
    return this.code === "session_not_found" || this.code === "session_expired";
  }
}

/** @param fetch the browser's, or that of a sandbox that runs inside a page */
export function httpBackend(
  sid: string,
  fetch: (input: string, init: RequestInit) => Promise<Response> = (input, init) => window.fetch(input, init),
): Backend {
  const base = `/_sandbox/page/sessions/${encodeURIComponent(sid)}`;

  async function send<T>(path: string, body?: unknown, method = "POST"): Promise<T> {
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
    load: () => send("", undefined, "GET"),
    pay: (request) => send("/pay", request),
    cancel: (page) => send("/cancel", { page }),
    lock: () => send("/lock"),
    refresh: () => send("/refresh"),
    address: (request) => send("/address", request),
    addressResult: (request) => send("/address-result", request),
    discount: (request) => send("/discount", request),
    shippingOption: (request) => send("/shipping-option", request),
    events: (after) =>
      longPoll(async (wait) => {
        const path = `/events?after=${after}&wait=${wait}`;
        return (await send<PageEvents>(path, undefined, "GET")).events;
      }),
  };
}
