import { embed } from "@dintero/checkout-web-sdk";
import { withDeadline } from "../core/deadline.ts";
import { ownText } from "../core/own-fields.ts";
import { DinteroCheckoutError, type DinteroCheckoutErrorCode } from "./errors.ts";
import type { Session } from "./events.ts";
import { localNetworkFix } from "./local-network.ts";
import { guardMessages } from "./message-guard.ts";
import { popOutContainer } from "./pop-out-container.ts";
import {
  messageHandlers,
  readMessage,
  readSession,
  type SdkMessage,
  type SdkMessageType,
} from "./sdk-messages.ts";
import { controlFrameStyle } from "./sdk-frame-style.ts";

/** Decides on the session the frame shows: true, or why it is refused. Never rejects. */
export type Decide = (session: Session | null) => Promise<true | string>;

export interface FrameOptions {
  /** The element. The pop-out's frame goes into its light DOM. */
  readonly element: HTMLElement;
  /** The box in the shadow root that takes the frame otherwise. */
  readonly box: HTMLElement;
  readonly sid: string;
  readonly checkoutUrl: string;
  readonly popOut: boolean;
  readonly language: string | undefined;
  /** ms to wait for the frame's first message, and for each of its answers. */
  readonly timeout: number;
  /** Its abort removes everything. */
  readonly signal: AbortSignal;
  readonly onMessage: (message: SdkMessage) => void;
  /** The checkout wants the whole page to go somewhere. */
  readonly onNavigation: (href: string) => void;
  /** Only when the page wants to decide: with them the hosted page behaves differently. */
  readonly onValidateSession: Decide | null;
  readonly onAddressCallback: Decide | null;
}

export interface CheckoutFrame {
  readonly sid: string;
  readonly iframe: HTMLIFrameElement;
  /** Resolves with the first message, the only proof that the checkout is there. Rejects with `frame-unreachable`. */
  readonly firstMessage: Promise<unknown>;
  lock(): Promise<unknown>;
  refresh(): Promise<Session>;
  setActivePaymentProductType(type?: string): void;
}

type Instance = Awaited<ReturnType<typeof embed>>;
type EmbedOptions = Parameters<typeof embed>[0];
type SendResult = (result: { success: boolean; [reason: string]: unknown }) => void;

/** Embeds the checkout through the SDK, and works around what the SDK does not handle. */
export async function openFrame(options: FrameOptions): Promise<CheckoutFrame> {
  const { element, sid, checkoutUrl, popOut, language, timeout, signal } = options;
  if (element.ownerDocument !== document) throw new DinteroCheckoutError("wrong-document");
  const listeners = new Set([options.onMessage]);
  const onEvent = (event: object): void => {
    if (signal.aborted) return;
    const message = readMessage(event);
    if (!message) return;
    // A copy: a listener that one of them adds waits for the next message.
    for (const listener of [...listeners]) listener(message);
  };
  const container = popOut ? popOutContainer(element, signal) : options.box;
  const frame = (): HTMLIFrameElement | null | undefined =>
    container.lastElementChild?.querySelector("iframe");
  guardMessages({ sid, checkoutUrl, signal, frame, onNavigation: options.onNavigation });

  // A plain object: the SDK calls its hasOwnProperty().
  const embedOptions = {
    container,
    sid,
    endpoint: checkoutUrl,
    language,
    popOut,
    ...Object.fromEntries([...messageHandlers].map((handler) => [handler, onEvent])),
    ...(options.onValidateSession && {
      onValidateSession: answerWith(options.onValidateSession, "clientValidationError", signal),
    }),
    ...(options.onAddressCallback && {
      onAddressCallback: answerWith(options.onAddressCallback, "error", signal),
    }),
  };
  // The SDK's types have neither the handlers' common form nor those of newer versions.
  const opening = embed(embedOptions as unknown as EmbedOptions);

  // The SDK's promise waits for `load`. Chromium fires it for a dead frame too, and it may never come: then there would
  // be no instance to destroy. So the wait is ended here, and the first message is what proves that the frame works.
  frame()?.dispatchEvent(new Event("load"));
  const instance = await opening.catch((cause: unknown) => {
    throw new DinteroCheckoutError("frame-unreachable", {
      what: `The SDK did not open a frame of ${checkoutUrl}.`,
      cause,
    });
  });
  destroyOnAbort(instance, signal);
  signal.throwIfAborted();
  controlFrameStyle(instance.iframe);
  if (options.onAddressCallback && !("submitAddressCallbackResult" in instance)) {
    console.warn("<dintero-checkout> address-callback needs a newer version of @dintero/checkout-web-sdk.");
  }

  const waitFor = <Type extends SdkMessageType>(answer: AwaitedAnswer<Type>): Promise<MessageOf<Type>> => {
    const timeoutError = (): Error =>
      new DinteroCheckoutError(answer.timeoutCode, {
        what: `${checkoutUrl} did not ${answer.expectation} within ${timeout} ms.`,
        fix: answer.timeoutCode === "frame-unreachable" ? localNetworkFix(checkoutUrl) : undefined,
      });
    return withDeadline({ timeout, signal, timeoutError }, (end) => {
      if (answer.command) post(answer.command);
      return new Promise<MessageOf<Type>>((resolve, reject) => {
        const listener = (message: SdkMessage): void => {
          const failure = ownText(answer.failures, message.type) as DinteroCheckoutErrorCode | null;
          if (failure) reject(new DinteroCheckoutError(failure));
          else if (!answer.success || message.type === answer.success) resolve(message as MessageOf<Type>);
        };
        listeners.add(listener);
        end.addEventListener("abort", () => listeners.delete(listener));
      });
    });
  };
  // The SDK's own lockSession() and refreshSession() leave two listeners each on the window when no answer comes, ignore
  // a pop-out's answer, and post to any origin.
  const post = (type: string): void => {
    const { origin } = new URL(checkoutUrl);
    for (const target of [instance.iframe.contentWindow, instance.popOutWindow]) {
      target?.postMessage({ type, sid }, origin);
    }
  };

  const firstMessage = waitFor({
    command: null,
    success: null,
    failures: {},
    expectation: "send a message",
    timeoutCode: "frame-unreachable",
  });
  // It may reject before anything awaits it.
  firstMessage.catch(() => {});
  return {
    sid,
    iframe: instance.iframe,
    firstMessage,
    lock: () =>
      waitFor({
        command: "LockSession",
        success: "SessionLocked",
        failures: { SessionLockFailed: "lock-failed", SessionNotFound: "session-not-found" },
        expectation: "lock the session",
        timeoutCode: "timeout",
      }),
    async refresh() {
      const { session } = await waitFor<"SessionUpdated">({
        command: "RefreshSession",
        success: "SessionUpdated",
        failures: { SessionNotFound: "session-not-found" },
        expectation: "refresh the session",
        timeoutCode: "timeout",
      });
      return session;
    },
    setActivePaymentProductType: (type) => instance.setActivePaymentProductType(type as string),
  };
}

type MessageOf<Type extends SdkMessageType> = Extract<SdkMessage, { readonly type: Type }>;

/** Every field is set, so that `Object.prototype` adds nothing. */
interface AwaitedAnswer<Type extends SdkMessageType> {
  /** Message to send first. */
  readonly command: string | null;
  /** The type to resolve with; null for any. */
  readonly success: Type | null;
  readonly failures: { readonly [Failure in SdkMessageType]?: DinteroCheckoutErrorCode };
  /** What the checkout did not do, for the error. */
  readonly expectation: string;
  readonly timeoutCode: DinteroCheckoutErrorCode;
}

function answerWith(decide: Decide, reasonField: string, signal: AbortSignal) {
  return async (event: object, _instance: unknown, sendResult: SendResult): Promise<void> => {
    // The SDK keeps listening to a pop-out's window until it has closed.
    if (signal.aborted) return;
    const answer = await decide(readSession(event));
    if (signal.aborted) return;
    sendResult(answer === true ? { success: true } : { success: false, [reasonField]: answer });
  };
}

function destroyOnAbort(instance: Instance, signal: AbortSignal): void {
  const destroy = (): void => {
    try {
      instance.destroy();
    } catch {
      // The page has emptied the container: there is nothing left to remove.
    }
    // The SDK has not stored a window that is still opening: it is closed as soon as it has.
    Object.defineProperty(instance, "popOutWindow", { set: (window?: Window) => window?.close() });
  };
  if (signal.aborted) destroy();
  else signal.addEventListener("abort", destroy);
}
