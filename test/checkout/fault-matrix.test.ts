// For each fault: the event the page gets, the text the shopper reads, and that the checkout recovers.
import { expect } from "@open-wc/testing";
import type { CheckoutState, DinteroCheckout } from "../../src/index.ts";
import "../../src/index.ts";
import { checkout as messages } from "../../src/messages/en.ts";
import { holdTimers } from "../support/held-timers.ts";
import {
  type Attributes,
  control,
  mountTag,
  names,
  newSession,
  nextEvent,
  openPage,
  panelButton,
  panelParts,
  reached,
  recordAll,
  rejection,
  uncaught,
} from "../support/checkout.ts";
import { cdnFile } from "../support/load-script.ts";
import { merchantUrl, posts, requests, sandboxUrl } from "../support/env.ts";
import { FakeCheckout, fakeOrigin, loaded, type Message, order } from "../support/fake-checkout.ts";

const text = (...keys: readonly (keyof typeof messages)[]): string =>
  keys.map((key) => messages[key]).join(" | ");
const retry = text("errorTitle", "errorText", "retry");
const retryOrFullPage = text("errorTitle", "errorText", "retry", "openFullPage");
const expired = text("expiredTitle", "expiredText");
const failed = text("failedTitle", "failedText", "startAgain");
const cancelled = text("cancelledTitle", "cancelledText", "startAgain");
const generalRefusal = text("validationFailed");
const soon = "300";
/** A timeout that elapses only when the row makes it, on a busy machine too. */
const held = "54321";

interface Lab {
  readonly element: DinteroCheckout;
  readonly checkout: FakeCheckout;
  /** The error that `run` was rejected with, if it was. */
  rejection?: { readonly code: string; readonly status?: number | undefined };
}

interface Row {
  readonly row: string;
  /** Steers the endpoint, as in test/support/merchant.mjs; null for none. */
  readonly endpoint?: Record<string, string | number> | null;
  /** How the frame fails, as in test/support/fake-checkout.mjs. */
  readonly frame?: string;
  readonly attributes?: () => Attributes | Promise<Attributes>;
  readonly properties?: () => Partial<DinteroCheckout>;
  /** Shortens the timeout of the first frame. */
  readonly impatient?: true;
  /** `timeout` is `held`: it elapses as soon as the endpoint has received the request. */
  readonly tooLate?: true;
  /** The first messages of the nth frame. */
  readonly onOpened?: (nth: number) => readonly Message[];
  readonly onReceived?: (message: Message) => readonly Message[];
  /** The page's policy; without one the tag stands on the test's own page. */
  readonly csp?: Record<string, string>;
  /** Runs before the tag is on the page. */
  readonly before?: () => void;
  /** Causes the fault once the checkout has settled, for faults that come later. */
  readonly run?: (lab: Lab) => unknown;
  readonly state: CheckoutState;
  /** The last event, state changes aside. */
  readonly event: string;
  readonly code?: string;
  readonly text: string;
  /** Recovers from the fault; without it, the panel's button is clicked. */
  readonly recover?: (lab: Lab) => unknown;
  /** Session requests sent by the time of the fault, and by the time it is over. */
  readonly sessions: readonly [number, number];
  readonly recovered?: string;
}

const silentFirst = (nth: number): readonly Message[] => (nth === 1 ? [] : [loaded()]);
const set = (name: string, value: string) => (lab: Lab) => lab.element.setAttribute(name, value);
const once = (steer: Record<string, string | number>) => ({ ...steer, times: 1 });
const rejects = async (lab: Lab, promise: Promise<unknown>): Promise<void> => {
  lab.rejection = await rejection(promise);
};
/** Starts a call, and lets its timeout elapse once `sent` resolves. */
const timesOut = async (
  lab: Lab,
  call: () => Promise<unknown>,
  sent: () => Promise<unknown>,
): Promise<void> => {
  const timers = holdTimers(Number(held));
  try {
    const end = rejects(lab, call());
    await sent();
    timers.elapse();
    await end;
  } finally {
    timers.release();
  }
};
/** Answers messages of this type with `answers` the first time, and correctly from then on. */
const first = (type: string, answers: readonly Message[]) => {
  let times = 0;
  const well = new FakeCheckout();
  well.stop();
  return (message: Message) => (message.type === type && times++ === 0 ? answers : well.onReceived(message));
};
const refuses = (answer?: (event: { respondWith(answer: unknown): void }) => void, result?: string) => ({
  attributes: () => ({ "validate-session": "" }),
  async run({ element, checkout }: Lab): Promise<void> {
    if (answer) element.addEventListener("dintero-validate-session", answer as never, { once: true });
    checkout.send({ type: "ValidateSession", session: { order } });
    const { message } = await checkout.receives({ type: "ValidationResult" });
    expect(message.success).to.equal(false);
    expect(message.clientValidationError).to.equal(result ?? generalRefusal);
    await reached(element, "ready");
  },
  async recover({ element, checkout }: Lab): Promise<void> {
    element.addEventListener("dintero-validate-session", (event) => event.respondWith(true), { once: true });
    checkout.send({ type: "ValidateSession", session: { order } });
    expect((await checkout.receives({ type: "ValidationResult" }, 2)).message.success).to.equal(true);
  },
});

const endpointRows: readonly Row[] = [
  ...(
    [
      ["answers 500", { status: 500 }, "endpoint-failed"],
      ["answers 502 with a proxy's page", { status: 502, body: "html" }, "endpoint-failed"],
      ["refuses without a message", { status: 422 }, "endpoint-refused"],
      ["refuses with rubbish", { status: 401, body: "rubbish" }, "endpoint-refused"],
      ["answers rubbish", { body: "rubbish" }, "endpoint-invalid"],
      ["answers with a page", { body: "html" }, "endpoint-invalid"],
      ["answers nothing", { body: "empty" }, "endpoint-invalid"],
      ["answers null", { answer: "null" }, "endpoint-invalid"],
      ["answers a number", { answer: "17" }, "endpoint-invalid"],
      ["answers a list", { answer: "[1]" }, "endpoint-invalid"],
      ["answers without an id", { body: "no-id" }, "endpoint-invalid"],
      ["answers an id that climbs", { body: "bad-id" }, "endpoint-invalid"],
      ["answers an id that is an object", { answer: '{"id":{"a":1}}' }, "endpoint-invalid"],
      ["answers too late", { delay: 2000 }, "endpoint-unreachable"],
      ["never answers", { hang: 1 }, "endpoint-unreachable"],
    ] as const
  ).map(([row, steer, code]): Row => ({
    row: `endpoint ${row}`,
    endpoint: once(steer),
    ...(code === "endpoint-unreachable" && { attributes: () => ({ timeout: held }), tooLate: true }),
    state: "error",
    event: "error",
    code,
    text: retry,
    sessions: [1, 2],
  })),
  {
    row: "endpoint refuses with the merchant's own message",
    endpoint: once({ status: 409, message: "Sold <b>out</b>, sorry." }),
    state: "error",
    event: "error",
    code: "endpoint-refused",
    text: `Sold <b>out</b>, sorry. | ${text("retry")}`,
    sessions: [1, 2],
  },
  {
    row: "endpoint's message in a 500 is not shown to the shopper",
    endpoint: once({ status: 500, message: "SELECT * FROM secrets" }),
    state: "error",
    event: "error",
    code: "endpoint-failed",
    text: retry,
    sessions: [1, 2],
  },
  ...(
    [
      ["that is unreachable", () => "http://127.0.0.1:9/session"],
      ["on another origin without CORS", () => `${sandboxUrl()}/v1/sessions-profile`],
      ["that is not a valid URL", () => "http://["],
    ] as const
  ).map(([row, address]): Row => ({
    row: `endpoint ${row}`,
    endpoint: null,
    attributes: () => ({ endpoint: address() }),
    state: "error",
    event: "error",
    code: "endpoint-unreachable",
    text: retry,
    recover: set("endpoint", merchantUrl()),
    sessions: [0, 0],
  })),
  ...(
    [
      ["rejects", () => Promise.reject(new Error("no")), "endpoint-failed"],
      [
        "throws",
        () => {
          throw new Error("no");
        },
        "endpoint-failed",
      ],
      ["never settles", () => new Promise(() => {}), "endpoint-unreachable"],
      ["answers nothing", () => Promise.resolve(undefined), "endpoint-invalid"],
    ] as const
  ).map(([row, fetchSession, code]): Row => {
    let calls = 0;
    return {
      row: `fetchSession ${row}`,
      endpoint: null,
      attributes: () => (code === "endpoint-unreachable" ? { timeout: soon } : {}),
      properties: () => ({
        fetchSession: () =>
          (calls++ === 0 ? fetchSession() : Promise.resolve("T00000000.abc")) as Promise<string>,
      }),
      state: "error",
      event: "error",
      code,
      text: retry,
      sessions: [0, 0],
    };
  }),
  {
    row: "payload that is not JSON",
    properties: () => ({ payload: { self: 1n } }),
    state: "error",
    event: "error",
    code: "invalid-payload",
    text: retry,
    recover: ({ element }) => {
      element.payload = {};
    },
    sessions: [0, 1],
  },
  {
    row: "neither session nor endpoint",
    endpoint: null,
    state: "error",
    event: "error",
    code: "no-session-source",
    text: retry,
    recover: set("endpoint", merchantUrl()),
    sessions: [0, 0],
  },
  {
    row: "session id that climbs",
    endpoint: null,
    attributes: () => ({ "session-id": "../../admin" }),
    state: "error",
    event: "error",
    code: "invalid-session-id",
    text: retry,
    recover: set("session-id", "T00000000.abc"),
    sessions: [0, 0],
  },
  {
    row: "checkout-url that is a script",
    attributes: () => ({ "checkout-url": "javascript:alert(1)" }),
    state: "error",
    event: "error",
    code: "invalid-checkout-url",
    text: retry,
    recover: ({ element, checkout }) => element.setAttribute("checkout-url", checkout.url),
    sessions: [0, 1],
  },
];

const frameRows: readonly Row[] = [
  ...["500", "404", "hang", "reset", "denied"].map((frame): Row => ({
    row: `frame's document: ${frame}`,
    frame,
    impatient: true,
    state: "error",
    event: "error",
    code: "frame-unreachable",
    text: retryOrFullPage,
    recover: async ({ element, checkout }) => {
      await checkout.recover();
      panelButton(element)!.click();
    },
    sessions: [1, 1],
  })),
  {
    row: "frame silent",
    onOpened: silentFirst,
    impatient: true,
    state: "error",
    event: "error",
    code: "frame-unreachable",
    text: retryOrFullPage,
    sessions: [1, 1],
  },
  {
    row: "frame silent, embed only",
    onOpened: silentFirst,
    impatient: true,
    attributes: () => ({ mode: "embed" }),
    state: "error",
    event: "error",
    code: "frame-unreachable",
    text: retry,
    sessions: [1, 1],
  },
  {
    row: "frame that only has a height",
    onOpened: (nth) => [{ type: "HeightChanged", height: 300 }, ...silentFirst(nth)],
    impatient: true,
    state: "error",
    event: "error",
    code: "frame-unreachable",
    text: retryOrFullPage,
    sessions: [1, 1],
  },
  {
    row: "nothing listens at the checkout",
    impatient: true,
    attributes: () => ({ "checkout-url": "http://127.0.0.1:9" }),
    state: "error",
    event: "error",
    code: "frame-unreachable",
    text: retryOrFullPage,
    recover: ({ element, checkout }) => element.setAttribute("checkout-url", checkout.url),
    sessions: [1, 1],
  },
  {
    row: "frame that loads after all, behind the panel",
    onOpened: () => [],
    impatient: true,
    state: "error",
    event: "error",
    code: "frame-unreachable",
    text: retryOrFullPage,
    recover: ({ checkout }) => checkout.send(loaded()),
    sessions: [1, 1],
  },
  ...["paid", "declined"].map((what): Row => ({
    row: `frame sends every message twice, ${what}`,
    run: async ({ element, checkout }) => {
      element.addEventListener("dintero-payment", (event) => event.preventDefault());
      const outcome =
        what === "paid"
          ? { type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" }
          : { type: "SessionPaymentError", error: "failed" };
      checkout.send(outcome, outcome, { type: "SessionCancel" }, outcome);
      await reached(element, "paid", "failed");
      await checkout.opened(2);
      checkout.send(outcome, { ...loaded() });
    },
    state: what === "paid" ? "paid" : "failed",
    event: what === "paid" ? "payment" : "payment-error",
    text: what === "paid" ? "" : failed,
    recover: ({ element }) => element.restart(),
    sessions: [1, 2],
  })),
  {
    row: "shopper cancels, nowhere to go",
    run: ({ checkout }) => checkout.send({ type: "SessionCancel" }),
    state: "cancelled",
    event: "cancel",
    text: cancelled,
    sessions: [1, 2],
  },
  {
    row: "outcome's href is a script",
    run: ({ checkout }) => checkout.send({ type: "SessionCancel", href: "javascript:alert(1)" }),
    state: "cancelled",
    event: "error",
    code: "unsafe-href",
    text: cancelled,
    sessions: [1, 2],
  },
  {
    row: "second pop-out",
    endpoint: null,
    attributes: () => ({ "session-id": "T00000000.two", mode: "pop-out" }),
    before: () => mountTag({ "session-id": "T00000000.one", mode: "pop-out", "checkout-url": sandboxUrl() }),
    state: "error",
    event: "error",
    code: "pop-out-conflict",
    text: retry,
    recover: async ({ element }) => {
      document.querySelector("dintero-checkout")!.remove();
      await Promise.resolve();
      panelButton(element)!.click();
    },
    sessions: [0, 0],
  },
];

/** The page's policy stays as it is: the shopper continues on the full page, and trying again is harmless. */
const onlyTheLink = async ({ element }: Lab): Promise<void> => {
  expect(element.shadowRoot!.querySelector("a")!.href).to.match(/\/v1\/view\/T\d{8}\./);
  panelButton(element)!.click();
  await reached(element, "loading");
  await reached(element, "error");
};

const cspRows: readonly Row[] = [
  ...["frame-src 'none'", "frame-src 'self'", "child-src 'self'", "default-src 'self'"].map(
    (policy): Row => ({
      row: `policy ${policy}`,
      csp: { csp: policy.startsWith("default") ? `${policy}; connect-src *` : policy },
      state: "error",
      event: "error",
      code: "frame-blocked",
      text: retryOrFullPage,
      recover: onlyTheLink,
      recovered: retryOrFullPage,
      sessions: [1, 1],
    }),
  ),
  {
    row: "policy connect-src 'none'",
    csp: { csp: "connect-src 'none'" },
    state: "error",
    event: "error",
    code: "endpoint-unreachable",
    text: retry,
    recover: set("session-id", "T00000000.abc"),
    sessions: [0, 0],
  },
  {
    row: "policy frame-src 'none', only reported",
    csp: { "report-only": "frame-src 'none'" },
    state: "ready",
    event: "session",
    text: "",
    recover: () => {},
    sessions: [1, 1],
  },
  {
    row: "policy style-src 'self' and trusted types",
    csp: {
      csp: `default-src 'self'; frame-src ${fakeOrigin}; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html`,
    },
    state: "ready",
    event: "session",
    text: "",
    recover: () => {},
    sessions: [1, 1],
  },
];

const expiryRows: readonly Row[] = [
  {
    row: "session that the checkout does not have",
    endpoint: null,
    attributes: () => ({ "session-id": "T00000000.gone", "checkout-url": sandboxUrl() }),
    state: "expired",
    event: "session-not-found",
    text: expired,
    recover: async ({ element }) => element.setAttribute("session-id", await newSession()),
    sessions: [0, 0],
  },
  {
    row: "session expires while the shopper looks at it",
    attributes: () => ({ "checkout-url": sandboxUrl() }),
    run: ({ element }) => control(`sessions/${element.session!.id}/expire`),
    state: "expired",
    event: "session-not-found",
    text: `${expired} | Start again`,
    sessions: [1, 2],
  },
  {
    row: "session arrives without an order",
    onOpened: (nth) => [loaded(nth === 1 ? { id: "T00000000.abc" } : undefined)],
    state: "expired",
    event: "session-not-found",
    text: `${expired} | Start again`,
    sessions: [1, 2],
  },
  ...[null, 7, "order", { order: null }, { order: "x" }].map((session): Row => ({
    row: `session that is ${JSON.stringify(session)}`,
    onOpened: (nth) => [nth === 1 ? { type: "SessionLoaded", session } : loaded()],
    state: "expired",
    event: "session-not-found",
    text: `${expired} | Start again`,
    sessions: [1, 2],
  })),
  {
    row: "session gone, the page shows that itself",
    onOpened: (nth) => [nth === 1 ? { type: "SessionNotFound" } : loaded()],
    before: () =>
      document.addEventListener("dintero-session-not-found", (event) => event.preventDefault(), {
        once: true,
      }),
    state: "expired",
    event: "session-not-found",
    text: "",
    recover: ({ element }) => element.restart(),
    sessions: [1, 2],
  },
];

const lockRows: readonly Row[] = [
  {
    row: "lock refused",
    onReceived: first("LockSession", [{ type: "SessionLockFailed" }]),
    run: (lab) => rejects(lab, lab.element.lockSession()),
    state: "ready",
    event: "session-lock-failed",
    code: "lock-failed",
    text: "",
    recover: async ({ element }) => {
      await element.lockSession();
      expect(element.state).to.equal("locked");
      await element.refreshSession();
    },
    sessions: [1, 1],
  },
  {
    row: "lock unanswered",
    onReceived: first("LockSession", []),
    attributes: () => ({ timeout: held }),
    run: (lab) =>
      timesOut(
        lab,
        () => lab.element.lockSession(),
        () => lab.checkout.receives({ type: "LockSession" }),
      ),
    state: "ready",
    event: "session",
    code: "timeout",
    text: "",
    recover: ({ element }) => element.updateSession(() => {}),
    sessions: [1, 1],
  },
  {
    row: "refresh unanswered",
    onReceived: first("RefreshSession", []),
    attributes: () => ({ timeout: held }),
    run: async (lab) => {
      await lab.element.lockSession();
      await timesOut(
        lab,
        () => lab.element.refreshSession(),
        () => lab.checkout.receives({ type: "RefreshSession" }),
      );
    },
    state: "locked",
    event: "session-locked",
    code: "timeout",
    text: "",
    recover: ({ element }) => element.refreshSession(),
    sessions: [1, 1],
  },
  {
    row: "session gone at refresh",
    onReceived: first("RefreshSession", [{ type: "SessionNotFound" }]),
    run: (lab) => rejects(lab, lab.element.refreshSession()),
    state: "expired",
    event: "session-not-found",
    code: "session-not-found",
    text: `${expired} | Start again`,
    sessions: [1, 2],
  },
  {
    row: "update that throws",
    run: (lab) =>
      rejects(
        lab,
        lab.element.updateSession(() => {
          throw new Error("no");
        }),
      ),
    state: "ready",
    event: "session",
    code: "update-failed",
    text: "",
    recover: ({ element }) => element.updateSession(() => {}),
    sessions: [1, 1],
  },
  {
    row: "update that never settles",
    attributes: () => ({ timeout: held }),
    run: (lab) => {
      let started!: () => void;
      const running = new Promise<void>((resolve) => (started = resolve));
      const update = () => {
        started();
        return new Promise<never>(() => {});
      };
      return timesOut(
        lab,
        () => lab.element.updateSession(update),
        () => running,
      );
    },
    state: "ready",
    event: "session",
    code: "timeout",
    text: "",
    recover: ({ element }) => element.updateSession(() => {}),
    sessions: [1, 1],
  },
  {
    row: "merchant's server refuses the update",
    run: async (lab) => {
      const good = lab.element.endpoint;
      // changed in the same batch and back: nothing starts over
      lab.element.fetchSession = null;
      await rejects(
        lab,
        lab.element.updateSession(async () => {
          const answer = await fetch(`${good}&session_id=T00000000.other`, { method: "PUT", body: "{}" });
          if (!answer.ok) throw new Error(String(answer.status));
        }),
      );
    },
    state: "ready",
    event: "session",
    code: "update-failed",
    text: "",
    recover: ({ element }) => element.updateSession(() => {}),
    sessions: [1, 1],
  },
  {
    row: "updateSession() without an endpoint",
    endpoint: null,
    attributes: () => ({ "session-id": "T00000000.abc" }),
    run: (lab) => rejects(lab, lab.element.updateSession()),
    state: "ready",
    event: "session",
    code: "no-session-source",
    text: "",
    recover: ({ element }) => element.updateSession(() => {}),
    sessions: [0, 0],
  },
  {
    row: "locked before the shopper came",
    onOpened: () => [loaded({ order, pay_lock: { id: "lock-0" } })],
    run: ({ element }) => element.lockSession(),
    state: "locked",
    event: "session-locked",
    text: "",
    recover: ({ element }) => element.refreshSession(),
    sessions: [1, 1],
  },
  {
    row: "method before there is a checkout",
    attributes: () => ({ trigger: "manual" }),
    run: (lab) => rejects(lab, lab.element.lockSession()),
    state: "idle",
    event: "",
    code: "not-ready",
    text: "",
    recover: ({ element }) => element.start(),
    sessions: [0, 1],
  },
];

const gateRows: readonly Row[] = (
  [
    ["page answers with a message", (event) => event.respondWith("Out of stock"), "Out of stock"],
    ["page answers false", (event) => event.respondWith(false)],
    ["page does not answer", undefined],
    ["page's promise is rejected", (event) => event.respondWith(Promise.reject(new Error("down")))],
    ["page answers rubbish", (event) => event.respondWith({ ok: true })],
    ["page answers undefined", (event) => event.respondWith(undefined)],
    [
      "page answers late, after dispatch",
      (event) => void Promise.resolve().then(() => expect(() => event.respondWith(true)).to.throw()),
    ],
  ] satisfies [string, Parameters<typeof refuses>[0], string?][]
).map(([row, answer, result]): Row => ({
  row: `gate: ${row}`,
  ...refuses(answer, result),
  state: "ready",
  event: "validate-session",
  text: "",
  sessions: [1, 1],
}));

const networkRows: readonly Row[] = [
  {
    row: "browser is offline",
    before: () => Object.defineProperty(navigator, "onLine", { configurable: true, get: () => false }),
    endpoint: once({ body: "empty" }),
    state: "error",
    event: "error",
    code: "endpoint-invalid",
    text: text("errorTitle", "offline", "retry"),
    recover: () => {
      Reflect.deleteProperty(navigator, "onLine");
      window.dispatchEvent(new Event("online"));
    },
    sessions: [1, 2],
  },
  {
    row: "page shows the error itself",
    endpoint: once({ status: 500 }),
    before: () =>
      document.addEventListener("dintero-error", (event) => event.preventDefault(), { once: true }),
    state: "error",
    event: "error",
    code: "endpoint-failed",
    text: "",
    recover: ({ element }) => element.start(),
    sessions: [1, 2],
  },
  {
    row: "five times in a row, the sixth works",
    endpoint: { status: 503, times: 5 },
    run: async ({ element }) => {
      for (let left = 4; left > 0; left--) {
        const again = nextEvent(element, "dintero-error");
        panelButton(element)!.click();
        await again;
        await element.updateComplete;
      }
    },
    state: "error",
    event: "error",
    code: "endpoint-failed",
    text: retry,
    sessions: [5, 6],
  },
];

const all = { endpointRows, frameRows, cspRows, expiryRows, lockRows, gateRows, networkRows };

/** The states a row settles in first: those of a fault at the start, and those of a working checkout. */
const settled = ["error", "expired", "ready", "locked"] as const;

describe("fault matrix", () => {
  let page: ReturnType<typeof uncaught>;
  let checkout: FakeCheckout | undefined;
  const { error, warn } = console;

  beforeEach(() => {
    page = uncaught();
    // these messages are for developers; here they would only be noise
    console.error = console.warn = () => {};
  });

  afterEach(() => {
    Object.assign(console, { error, warn });
    checkout?.stop();
    page.stop();
    document.body.replaceChildren();
    Reflect.deleteProperty(navigator, "onLine");
  });

  for (const row of Object.values(all).flat()) {
    it(row.row, async () => {
      const frame = row.csp
        ? await openPage({
            ...row.csp,
            head: `<script src="${cdnFile}"></script>`,
          })
        : null;
      const home = (frame?.contentWindow ?? window) as Window & typeof globalThis;
      const inner = frame ? uncaught(home) : null;
      checkout = new FakeCheckout({ fault: row.frame, page: home });
      if (row.onOpened) checkout.onOpened = row.onOpened;
      if (row.onReceived) checkout.onReceived = row.onReceived;
      const endpoint = merchantUrl("session", row.endpoint ?? {});
      row.before?.();

      const attributes: Attributes = {
        ...(row.endpoint !== null && { endpoint }),
        "checkout-url": checkout.url,
        ...(await row.attributes?.()),
      };
      const timers = row.tooLate && holdTimers(Number(held));
      const element = mountTag(attributes, row.properties?.(), home.document.body);
      const dispatched = recordAll(element);
      if (row.impatient) {
        const onState = (): void => {
          if (element.state !== "loading") return;
          element.timeout = Number(soon);
          element.removeEventListener("dintero-state", onState);
        };
        element.addEventListener("dintero-state", onState);
      }
      if (timers) {
        while (posts(await requests(endpoint)) === 0 || timers.running === 0);
        timers.elapse();
        timers.release();
      }
      const lab: Lab = { element, checkout };
      if (attributes["trigger"] !== "manual") await reached(element, ...settled);
      await row.run?.(lab);
      await reached(element, row.state);

      expect(names(dispatched).at(-1) ?? "", "event").to.equal(row.event);
      if (row.code) expect((lab.rejection ?? element.error)?.code, "code").to.equal(row.code);
      else expect(element.error, "error").to.equal(null);
      expect(await panelParts(element), "text").to.equal(row.text);
      expect(posts(await requests(endpoint)), "sessions").to.equal(row.sessions[0]);

      // so that a busy machine does not add a fault
      element.timeout = 15_000;
      if (row.onOpened) await checkout.opened();
      if (row.recover) await row.recover(lab);
      else panelButton(element)!.click();
      if (row.recovered === undefined) {
        await reached(element, "ready");
        expect(element.shadowRoot!.querySelectorAll("iframe").length).to.be.lessThan(2);
      }
      expect(await panelParts(element), "text afterwards").to.equal(row.recovered ?? "");
      expect(posts(await requests(endpoint)), "sessions afterwards").to.equal(row.sessions[1]);
      expect([...page.errors, ...(inner?.errors ?? [])], "thrown to the page").to.deep.equal([]);
    });
  }

  it("has at least thirty rows", () => {
    expect(Object.values(all).flat().length).to.be.greaterThan(29);
  });
});
