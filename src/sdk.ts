import { embed } from "@dintero/checkout-web-sdk";
import { DinteroCheckoutError } from "./errors.ts";
import type { Session } from "./events.ts";

/** What the checkout's frame (or its pop-out window) says, checked and in our words. */
export type FrameMessage =
  | { type: "session"; session: Session; reason: "loaded" | "updated" }
  | {
      type: "payment";
      status: "authorized" | "on-hold";
      transactionId: string;
      merchantReference: string;
      href: string | null;
    }
  | { type: "payment-error"; reason: string; href: string | null }
  | { type: "cancel"; href: string | null }
  | { type: "not-found" }
  | { type: "locked"; payLockId: string }
  | { type: "lock-failed" }
  | { type: "payment-type"; paymentProductType: string | null };

/** Puts a question to the page: true, or why not. Never rejects. */
export type Question = (session: Session | null) => Promise<true | string>;

export interface FrameOptions {
  /** Connected, and in the light DOM for a pop-out. */
  readonly container: HTMLElement;
  readonly sid: string;
  readonly checkout: string;
  readonly language: string | undefined;
  readonly popOut: boolean;
  /** ms until silence counts, for the first message and for each answer. */
  readonly timeout: number;
  /** Its abort takes everything down. */
  readonly signal: AbortSignal;
  readonly tell: (message: FrameMessage) => void;
  /** Given only when the page asked for it: their presence changes what the hosted page does. */
  readonly validate: Question | undefined;
  readonly address: Question | undefined;
}

/** An open checkout. */
export interface CheckoutFrame {
  readonly iframe: HTMLIFrameElement;
  /** Resolves with the first message, the only proof of life; rejects with `frame-unreachable`. */
  readonly alive: Promise<void>;
  lock(): Promise<void>;
  refresh(): Promise<Session>;
  setActivePaymentProductType(type?: string): void;
}

type Reply = (result: { success: boolean; [reason: string]: unknown }) => void;
/** The events of all SDK versions, none of it believed before it is checked. */
type SdkEvent = Readonly<Record<string, unknown>> & { readonly type: string };
type Instance = Awaited<ReturnType<typeof embed>>;
type EmbedOptions = Parameters<typeof embed>[0];

/** The run that shows the pop-out of a document: the SDK's button and backdrop exist once per document. */
const popOuts = new WeakMap<Document, AbortSignal>();

/** Embeds the checkout through the SDK, without the SDK's traps. */
export async function openFrame(options: FrameOptions): Promise<CheckoutFrame> {
  const { container, sid, checkout, language, popOut, timeout, signal, tell, validate, address } = options;
  const listeners = new Set<(message: FrameMessage) => void>([tell]);
  const say = (message: FrameMessage): void => {
    if (!signal.aborted) for (const listener of [...listeners]) listener(message);
  };
  if (popOut) claimPopOut(container, signal);

  const opening = embed({
    container,
    sid,
    endpoint: checkout,
    ...(language && { language }),
    ...(popOut && { popOut }),
    onSession: (event: SdkEvent) => {
      const session = sessionOf(event);
      if (!session) return say({ type: "not-found" });
      say({ type: "session", session, reason: event.type === "SessionUpdated" ? "updated" : "loaded" });
    },
    onPayment: (event: SdkEvent) =>
      say({
        type: "payment",
        status: event.type === "SessionPaymentOnHold" ? "on-hold" : "authorized",
        transactionId: text(event.transaction_id),
        merchantReference: text(event.merchant_reference),
        href: text(event.href) || null,
      }),
    onPaymentError: (event: SdkEvent) =>
      say({ type: "payment-error", reason: text(event.error), href: text(event.href) || null }),
    onSessionCancel: (event: SdkEvent) => say({ type: "cancel", href: text(event.href) || null }),
    onSessionNotFound: () => say({ type: "not-found" }),
    onSessionLocked: (event: SdkEvent) => say({ type: "locked", payLockId: text(event.pay_lock_id) }),
    onSessionLockFailed: () => say({ type: "lock-failed" }),
    onActivePaymentType: (event: SdkEvent) =>
      say({ type: "payment-type", paymentProductType: text(event.payment_product_type) || null }),
    ...(validate && { onValidateSession: relay(validate, "clientValidationError", signal) }),
    ...(address && { onAddressCallback: relay(address, "error", signal) }),
  } as unknown as EmbedOptions);

  // The SDK's promise waits for `load`, which proves nothing (Chromium fires it for a dead frame too) and may never
  // come (then nothing could be taken down). We end that wait at once: the first message is the proof of life.
  const iframe = container.lastElementChild?.querySelector("iframe");
  iframe?.dispatchEvent(new Event("load"));
  const instance = await opening;
  takeDownWith(signal, instance);
  tame(instance.iframe);
  if (address && !("submitAddressCallbackResult" in instance)) {
    console.warn(
      "<dintero-checkout>: address-callback needs a newer @dintero/checkout-web-sdk; it does nothing.",
    );
  }

  /** Waits for the message that `pick` recognises; every promise settles. */
  const answer = <T>(pick: (message: FrameMessage) => T | undefined, late: () => Error): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        listeners.delete(listener);
        signal.removeEventListener("abort", onAbort);
        act();
      };
      const listener = (message: FrameMessage): void => {
        try {
          const picked = pick(message);
          if (picked !== undefined) settle(() => resolve(picked));
        } catch (error) {
          settle(() => reject(error as Error));
        }
      };
      const onAbort = (): void =>
        settle(() => reject(new DinteroCheckoutError("aborted", "The checkout was taken down.")));
      const timer = setTimeout(() => settle(() => reject(late())), timeout);
      listeners.add(listener);
      signal.addEventListener("abort", onAbort, { once: true });
      if (signal.aborted) onAbort();
    });

  // Posted by ourselves and not through the SDK's lockSession() and refreshSession(): those leave two listeners each
  // on the window when no answer comes, hear no pop-out, and post to any origin.
  const post = (type: string): void => {
    for (const target of [instance.iframe.contentWindow, instance.popOutWindow]) {
      target?.postMessage({ type, sid }, new URL(checkout).origin);
    }
  };
  const silent = (question: string) => (): Error =>
    new DinteroCheckoutError("timeout", `The checkout did not answer ${question} within ${timeout} ms.`);

  return {
    iframe: instance.iframe,
    alive: answer(
      () => true,
      () =>
        new DinteroCheckoutError(
          "frame-unreachable",
          `No sign of life from ${checkout} within ${timeout} ms.`,
        ),
    ).then(() => undefined),
    async lock() {
      const locked = answer((message) => {
        if (message.type === "lock-failed") {
          throw new DinteroCheckoutError("lock-failed", "The checkout refused to lock the session.");
        }
        return message.type === "locked" || undefined;
      }, silent("lockSession()"));
      post("LockSession");
      await locked;
    },
    refresh() {
      const refreshed = answer((message) => {
        if (message.type === "not-found") {
          throw new DinteroCheckoutError("session-not-found", "The session is unknown or expired.");
        }
        return message.type === "session" && message.reason === "updated" ? message.session : undefined;
      }, silent("refreshSession()"));
      post("RefreshSession");
      return refreshed;
    },
    setActivePaymentProductType: (type) => instance.setActivePaymentProductType(type as string),
  };
}

function claimPopOut(container: HTMLElement, signal: AbortSignal): void {
  const owner = popOuts.get(document);
  if (container.getRootNode() !== document || (owner && !owner.aborted)) {
    throw new DinteroCheckoutError(
      "pop-out-conflict",
      owner && !owner.aborted
        ? "Another pop-out checkout is on the page: there can be one at a time."
        : "A pop-out checkout does not work inside a shadow root of the page.",
    );
  }
  popOuts.set(document, signal);
}

function takeDownWith(signal: AbortSignal, instance: Instance): void {
  const takeDown = (): void => {
    try {
      instance.destroy();
    } catch {
      // Somebody emptied the container first: nothing is left to remove.
    }
  };
  if (signal.aborted) takeDown();
  else signal.addEventListener("abort", takeDown, { once: true });
}

/**
 * The SDK sizes its frame through the style attribute, which a strict style-src refuses; style set from script is
 * allowed. And it scrolls smoothly, whatever the shopper's system asks for.
 */
function tame(iframe: HTMLIFrameElement): void {
  iframe.style.cssText = iframe.getAttribute("style") ?? "";
  iframe.setAttribute = (name: string, value: string) => {
    if (name === "style") iframe.style.cssText = value;
    else Element.prototype.setAttribute.call(iframe, name, value);
  };
  iframe.scrollIntoView = (how) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches && typeof how === "object";
    Element.prototype.scrollIntoView.call(iframe, still ? { ...how, behavior: "instant" } : how);
  };
}

function relay(question: Question, reason: string, signal: AbortSignal) {
  return (event: SdkEvent, _instance: unknown, reply: Reply): void => {
    void question(sessionOf(event)).then((answer) => {
      if (signal.aborted) return;
      reply(answer === true ? { success: true } : { success: false, [reason]: answer });
    });
  };
}

/** An expired session can arrive with no order in it. */
function sessionOf({ session }: SdkEvent): Session | null {
  const order = (session as Partial<Session> | null | undefined)?.order;
  return typeof order === "object" && order !== null ? (session as Session) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
