import { embed } from "@dintero/checkout-web-sdk";
import type { Session } from "./events.ts";
import { within } from "../shared/deadline.ts";
import { problem, type Problem } from "./problem.ts";

/**
 * What the checkout's frame (or its pop-out window) says: the SDK's event, every text of it a string at least, and
 * the session with an order in it, or null (an expired one can arrive without).
 */
export type FrameMessage = Partial<Record<Word, string>> & {
  readonly type: string;
  readonly session?: Session | null;
};
type Word = (typeof words)[number];
const words = [
  "type",
  "transaction_id",
  "merchant_reference",
  "href",
  "error",
  "pay_lock_id",
  "payment_product_type",
] as const;

/** Puts a question to the page: true, or why not. Never rejects. */
export type Question = (session: Session | null) => Promise<true | string>;

export interface FrameOptions {
  /** Connected. Its `.frame` box takes the frame; a pop-out's goes into its light DOM. */
  readonly element: HTMLElement & { readonly renderRoot: ParentNode };
  readonly sid: string;
  readonly checkout: string;
  readonly way: "embed" | "redirect" | "pop-out";
  readonly language: string | undefined;
  /** ms until silence counts, for the first message and for each answer. */
  readonly timeout: number;
  /** Its abort takes everything down. */
  readonly signal: AbortSignal;
  readonly hear: (message: FrameMessage) => void;
  /** Given only when the page asked for it: their presence changes what the hosted page does. */
  readonly validate: Question | false;
  readonly address: Question | false;
}

/** An open checkout. */
export interface CheckoutFrame {
  readonly iframe: HTMLIFrameElement;
  /** Resolves with the first message, the only proof of life; rejects with `frame-unreachable`. */
  readonly alive: Promise<unknown>;
  lock(): Promise<unknown>;
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
  const { element, sid, checkout, way, language, timeout, signal, validate, address } = options;
  const listeners = new Set([options.hear]);
  const popOut = way === "pop-out";
  const hear = (event: SdkEvent): void => {
    if (signal.aborted) return;
    const texts = words.map((word) => [word, text(event[word])]);
    const message: FrameMessage = { ...Object.fromEntries(texts), session: sessionOf(event) };
    for (const listener of [...listeners]) listener(message);
  };
  const container = popOut
    ? popOutContainer(element, signal)
    : element.renderRoot.querySelector<HTMLElement>(".frame")!;

  const opening = embed({
    container,
    sid,
    endpoint: checkout,
    language,
    popOut,
    onSession: hear,
    onPayment: hear,
    onPaymentError: hear,
    onSessionCancel: hear,
    onSessionNotFound: hear,
    onSessionLocked: hear,
    onSessionLockFailed: hear,
    onActivePaymentType: hear,
    ...(validate && { onValidateSession: relay(validate, "clientValidationError", signal) }),
    ...(address && { onAddressCallback: relay(address, "error", signal) }),
  } as unknown as EmbedOptions);

  // The SDK's promise waits for `load`, which proves nothing (Chromium fires it for a dead frame too) and may never
  // come (then nothing could be taken down). We end that wait at once: the first message is the proof of life.
  const iframe = container.lastElementChild?.querySelector("iframe");
  iframe?.dispatchEvent(new Event("load"));
  const instance = await opening;
  takeDownWith(signal, instance);
  signal.throwIfAborted();
  tame(instance.iframe);
  if (address && !("submitAddressCallbackResult" in instance)) {
    console.warn("<dintero-checkout>: address-callback needs a newer @dintero/checkout-web-sdk.");
  }

  /** Waits for one of two messages; `post` asks for it. */
  const answer = (
    good: string,
    bad: string,
    code: Problem,
    late: Problem,
    post?: string,
  ): Promise<FrameMessage> =>
    within(timeout, signal, late, checkout, (end) => {
      const answered = new Promise<FrameMessage>((resolve, reject) => {
        const listener = (message: FrameMessage): void => {
          if (message.type === bad) reject(problem(code));
          else if (!good || message.type === good) resolve(message);
        };
        listeners.add(listener);
        end.addEventListener("abort", () => listeners.delete(listener));
      });
      // Posted by ourselves and not by the SDK's lockSession() and refreshSession(): those leave two listeners each on
      // the window when no answer comes, do not hear a pop-out's, and post to any origin.
      for (const target of post ? [instance.iframe.contentWindow, instance.popOutWindow] : []) {
        target?.postMessage({ type: post, sid }, new URL(checkout).origin);
      }
      return answered;
    });

  const alive = answer("", "", "frame-unreachable", "frame-unreachable");
  alive.catch(() => {});
  return {
    iframe: instance.iframe,
    alive,
    lock: () => answer("SessionLocked", "SessionLockFailed", "lock-failed", "timeout", "LockSession"),
    async refresh() {
      const gone = "session-not-found";
      const { session } = await answer(
        "SessionUpdated",
        "SessionNotFound",
        gone,
        "timeout",
        "RefreshSession",
      );
      if (session) return session;
      throw problem(gone);
    },
    setActivePaymentProductType: (type) => instance.setActivePaymentProductType(type as string),
  };
}

/** The light-DOM box of the pop-out, whose button the SDK looks for in the document: the page's own, else ours. */
function popOutContainer(host: HTMLElement, signal: AbortSignal): HTMLElement {
  const owner = popOuts.get(document);
  if (host.getRootNode() !== document || (owner && !owner.aborted)) {
    throw problem("pop-out-conflict");
  }
  popOuts.set(document, signal);
  const given = host.querySelector<HTMLElement>(':scope > [slot="frame"]');
  if (given) return given;
  const made = document.createElement("div");
  made.slot = "frame";
  host.append(made);
  signal.addEventListener("abort", () => made.remove());
  return made;
}

function takeDownWith(signal: AbortSignal, instance: Instance): void {
  const takeDown = (): void => {
    try {
      instance.destroy();
    } catch {
      // Somebody emptied the container first: nothing is left to remove.
    }
    // A window that is still coming up is known to nobody until it is there.
    Object.defineProperty(instance, "popOutWindow", { set: (late?: Window) => late?.close() });
  };
  if (signal.aborted) takeDown();
  else signal.addEventListener("abort", takeDown);
}

/**
 * The SDK sizes its frame through the style attribute, which a strict style-src refuses; style set from script is
 * allowed. And it scrolls smoothly, whatever the shopper's system asks for.
 */
function tame(iframe: HTMLIFrameElement): void {
  iframe.style.cssText = "width:100%;height:0";
  iframe.setAttribute = (name: string, value: string) => {
    // It writes down any height that the frame names: one that is none changes nothing, and no other style.
    if (name === "style") iframe.style.height = value.replace(/.*height:|;$/g, "");
    else Element.prototype.setAttribute.call(iframe, name, value);
  };
  iframe.scrollIntoView = (how) => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches && typeof how === "object";
    Element.prototype.scrollIntoView.call(iframe, still ? { ...how, behavior: "instant" } : how);
  };
}

function relay(question: Question, reason: string, signal: AbortSignal) {
  return (event: SdkEvent, _instance: unknown, reply: Reply): void => {
    // The SDK hears a pop-out's window until it has closed.
    if (signal.aborted) return;
    void question(sessionOf(event)).then((answer) => {
      if (signal.aborted) return;
      reply(answer === true ? { success: true } : { success: false, [reason]: answer });
    });
  };
}

function sessionOf({ session }: SdkEvent): Session | null {
  const order = (session as Partial<Session> | null | undefined)?.order;
  return typeof order === "object" && order !== null ? (session as Session) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
