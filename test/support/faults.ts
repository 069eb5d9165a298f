import { expect } from "@open-wc/testing";
import type { CheckoutState, DinteroCheckout, DinteroCheckoutErrorCode } from "../../src/index.ts";
import { checkout as messages } from "../../src/messages/en.ts";
import {
  type Attributes,
  mountTag,
  names,
  openPage,
  panelButton,
  panelParts,
  reached,
  recordAll,
  uncaught,
} from "./checkout.ts";
import { merchantUrl, posts, requests } from "./env.ts";
import { FakeCheckout, type Message } from "./fake-checkout.ts";
import { holdTimers } from "./held-timers.ts";
import { cdnFile } from "./load-script.ts";

/** A panel's texts, as `panelParts()` returns them. */
export const text = (...keys: readonly (keyof typeof messages)[]): string =>
  keys.map((key) => messages[key]).join(" | ");
export const retry = text("errorTitle", "errorText", "retry");
export const retryOrFullPage = text("errorTitle", "errorText", "retry", "openFullPage");
export const expired = text("expiredTitle", "expiredText");
export const expiredStartAgain = `${expired} | Start again`;

/** A timeout that elapses only when a test makes it, on a busy machine too. */
export const held = "54321";

export interface Circumstances {
  /** Steers the endpoint, as in test/support/merchant.mjs; null for none. */
  readonly endpoint?: Readonly<Record<string, string | number>> | null;
  /** How the frame fails, as in test/support/fake-checkout.mjs. */
  readonly frame?: string;
  readonly attributes?: Attributes;
  readonly properties?: Partial<DinteroCheckout>;
  /** The first messages of the nth frame. */
  readonly onOpened?: (nth: number) => readonly Message[];
  /** The frame's answer to a message of the page. */
  readonly onReceived?: (message: Message) => readonly Message[];
  /** The policy of a page for this element; without one the tag stands on the test's own page. */
  readonly policy?: Readonly<Record<string, string>>;
  /** The timeout that elapses, of the first frame or of the endpoint, as soon as that has received its request. */
  readonly elapses?: "frame" | "endpoint";
}

export interface ShownFault {
  readonly state: CheckoutState;
  /** The last event, state changes aside. */
  readonly event: string;
  /** Of the element's error; without it there is none. */
  readonly code?: DinteroCheckoutErrorCode;
  /** What the shopper reads. */
  readonly text: string;
  /** Session requests sent so far. */
  readonly sessions: number;
}

export interface Recovery {
  /** Session requests sent so far. */
  readonly sessions: number;
  /** What the shopper still reads, where only the page's owner can repair it. */
  readonly text?: string;
}

export interface FaultyCheckout {
  readonly element: DinteroCheckout;
  readonly checkout: FakeCheckout;
  /** Asserts what page and shopper get. */
  shows(fault: ShownFault): Promise<void>;
  /** Clicks the panel's button. */
  clickButton(): void;
  /** Asserts that the checkout works (or still shows `text`), and that nothing was thrown to the page. */
  recovers(recovery: Recovery): Promise<void>;
}

/** Sets up a describe block; the function that it returns opens a checkout and waits until it has settled. */
export function faultyCheckouts(): (circumstances?: Circumstances) => Promise<FaultyCheckout> {
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
  });

  return async (circumstances = {}) => {
    const { policy, elapses } = circumstances;
    const frame = policy && (await openPage({ ...policy, head: `<script src="${cdnFile}"></script>` }));
    const home = (frame?.contentWindow ?? window) as Window & typeof globalThis;
    const inner = frame && uncaught(home);
    const opened = (checkout = new FakeCheckout({ fault: circumstances.frame, page: home }));
    if (circumstances.onOpened) opened.onOpened = circumstances.onOpened;
    if (circumstances.onReceived) opened.onReceived = circumstances.onReceived;
    const endpoint = merchantUrl("session", circumstances.endpoint ?? {});

    const attributes: Attributes = {
      ...(circumstances.endpoint !== null && { endpoint }),
      ...(elapses && { timeout: held }),
      "checkout-url": opened.url,
      ...circumstances.attributes,
    };
    const timers = elapses && holdTimers(Number(held));
    const firstMessage = received(elapses === "frame" ? circumstances.onOpened?.(1)[0]?.["type"] : undefined);
    const element = mountTag(attributes, circumstances.properties, home.document.body);
    const dispatched = recordAll(element);
    if (timers) {
      if (elapses === "endpoint") while (posts(await requests(endpoint)) === 0);
      else {
        await reached(element, "loading");
        // of an address where nothing listens there is nothing to wait for
        while (element.checkoutUrl === opened.url && (await opened.requests()).length === 0);
        await firstMessage;
      }
      while (timers.running === 0) await opened.requests();
      timers.elapse();
      timers.release();
    }
    if (attributes["trigger"] !== "manual") await reached(element, "error", "expired", "ready", "locked");

    return {
      element,
      checkout: opened,
      async shows({ state, event, code, text, sessions }) {
        await reached(element, state);
        expect(names(dispatched).at(-1) ?? "", "event").to.equal(event);
        expect(element.error?.code, "code").to.equal(code);
        expect(await panelParts(element), "text").to.equal(text);
        expect(posts(await requests(endpoint)), "sessions").to.equal(sessions);
        // so that a busy machine does not add a fault
        element.timeout = 15_000;
        if (circumstances.onOpened) await opened.opened();
      },
      clickButton: () => panelButton(element)!.click(),
      async recovers({ sessions, text = "" }) {
        if (!text) {
          await reached(element, "ready");
          expect(element.shadowRoot!.querySelectorAll("iframe").length).to.be.lessThan(2);
        }
        expect(await panelParts(element), "text afterwards").to.equal(text);
        expect(posts(await requests(endpoint)), "sessions afterwards").to.equal(sessions);
        expect([...page.errors, ...(inner?.errors ?? [])], "thrown to the page").to.deep.equal([]);
      },
    };
  };
}

/** Resolves when the element has received the first message of this type, or at once without a type. */
function received(type: unknown): Promise<void> {
  if (type === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const onMessage = ({ data }: MessageEvent<Message | null>): void => {
      if (data?.["type"] !== type) return;
      removeEventListener("message", onMessage);
      // by the end of this task every listener has been called
      setTimeout(resolve);
    };
    addEventListener("message", onMessage);
  });
}
