import { listenForResults } from "../shared/result-channel.ts";
import { fullPage } from "./checkout-url.ts";
import type { DinteroCheckout } from "./dintero-checkout.ts";
import type { DinteroCheckoutError } from "./errors.ts";
import { CheckoutErrorEvent } from "./element-events.ts";
import * as events from "./events.ts";
import { follow } from "../shared/address.ts";
import { ask } from "./questions.ts";
import type { Panel } from "./panels.ts";
import { problem } from "./problem.ts";
import { openFrame, type CheckoutFrame, type FrameMessage } from "./sdk.ts";
import type { Asked, SessionReference } from "./session-request.ts";
import { isSessionId, requestUpdate, sessionOf } from "./session-endpoint.ts";
import { SessionUpdates, type Update } from "./session-updates.ts";
import { isOver, nextState, type CheckoutState } from "./state.ts";
import { isAbout, messageOf, tellingOf } from "./sdk-messages.ts";
import type { Texts } from "./texts.ts";
import { frameRefusal, warmUp } from "./connection.ts";
import { rejection } from "../shared/deadline.ts";

/** What happened: what comes of it in the state, the event that tells it, and the event's default action. */
export interface Telling {
  readonly event: Event;
  readonly state?: CheckoutState | undefined;
  readonly session?: events.Session | null | undefined;
  readonly error?: DinteroCheckoutError;
  /** Done unless the page prevented it. Gives the panel to show. */
  readonly act?: (() => Panel | null) | false;
}

/** What the element begins an attempt with. */
export interface Start {
  readonly element: DinteroCheckout;
  readonly checkout: string;
  readonly way: "embed" | "redirect" | "pop-out";
  readonly texts: Texts;
  /** Its abort ends the attempt, and takes everything down. */
  readonly end: AbortController;
  /** The session given or kept; null where one is asked for. */
  readonly known: SessionReference | null;
  readonly asked: Asked | null;
  /** False for a redirect. */
  readonly embeds: boolean;
  /** When it began, on the page's clock. */
  readonly started: number;
  /** Moves the state. */
  readonly to: (state: CheckoutState) => void;
  readonly tell: (telling: Telling) => void;
  /** Keeps the session that the endpoint made. */
  readonly keep: (made: SessionReference) => void;
  /** Shows the checkout's frame, or none. */
  readonly opened: (checkout: OpenCheckout | null) => void;
  /** The open checkout, once more. @throws `not-ready` */
  readonly open: () => OpenCheckout;
}

/** A checkout on the page, as the element's methods need it. */
export interface OpenCheckout extends CheckoutFrame {
  update(update: Update | undefined): Promise<events.Session>;
}

/** One attempt: session source → adapter → the frame speaks. Rejects with what is in the way. */
export async function attempt(start: Start): Promise<void> {
  const { element, checkout, texts, end, asked, embeds, started } = start;
  const { signal } = end;
  const language = texts.language.sdk;
  // As the attribute is when it counts, and no more than a timer can count.
  const timeout = (): number => (element.timeout > 0 ? Math.min(element.timeout, 2 ** 31 - 1) : 15_000);
  let id = start.known?.id;
  /** What this attempt has seen: the element's may still be the session before. */
  let seen: events.Session | null = null;
  let cool: (() => void) | undefined;

  const hear = (message: FrameMessage, otherTab = false): void => {
    cool?.();
    const heard = isOver(element.state) ? undefined : tellingOf(message, otherTab);
    if (!heard) return;
    const { event, state, panel = null } = heard;
    const { session, href } = message;
    seen = session ?? seen;
    // An outcome is told once: where it moves the state.
    if (event.cancelable && nextState(element.state, state!) === element.state) return;
    const act = (): Panel | null => {
      try {
        if (href) {
          follow(href);
          return null;
        }
      } catch (reason) {
        const error = reason as DinteroCheckoutError;
        start.tell({ event: new CheckoutErrorEvent(error), error });
      }
      // What was paid in another window is not paid a second time in this one.
      if (otherTab) {
        end.abort();
        start.opened(null);
      }
      return panel;
    };
    start.tell({ event, state, session, act: event.cancelable && act });
  };
  const made = async (): Promise<SessionReference> => {
    if (!asked) throw problem("no-session-source");
    if (embeds) cool = warmUp(element.renderRoot, checkout, AbortSignal.any([signal, refused]));
    const reference = await sessionOf(asked, element, timeout(), signal);
    signal.throwIfAborted();
    performance.measure("dintero-checkout:session", { start: started });
    start.keep(reference);
    return reference;
  };

  listenForResults((result) => {
    if (isAbout(result, id, seen)) hear(messageOf(result), true);
  }, signal);
  const refused = frameRefusal(checkout, signal);

  if (id && !isSessionId(id)) throw problem("invalid-session-id", `session-id "${id}":`);
  const session = start.known ?? (await made());
  id = session.id;
  if (!embeds) {
    const url = fullPage(checkout, session, language);
    const act = (): "redirecting" => (follow(url), "redirecting");
    return start.tell({ state: "redirecting", event: new events.RedirectEvent(url), act });
  }

  start.to("loading");
  await element.updateComplete;
  signal.throwIfAborted();
  refused.throwIfAborted();
  const opened = performance.now();
  const question =
    (Question: typeof events.ValidateSessionEvent | typeof events.AddressCallbackEvent) =>
    async (given: events.Session | null): Promise<true | string> => {
      const about = given ?? seen;
      if (Question === events.ValidateSessionEvent) start.to("validating");
      const answer = about && (await ask((take) => start.tell({ event: new Question(about, take) }), signal));
      if (element.state === "validating") start.to(seen?.pay_lock ? "locked" : "ready");
      return answer || (texts.all.validationFailed ?? "");
    };
  const frame = await openFrame({
    ...start,
    signal,
    sid: session.id,
    language,
    timeout: timeout(),
    hear,
    validate: element.validateSession && question(events.ValidateSessionEvent),
    address: element.addressCallback && question(events.AddressCallbackEvent),
  });
  signal.throwIfAborted();
  const updates = new SessionUpdates(() => [start.open(), signal, timeout()]);
  const put = (): Promise<void> => requestUpdate(element, session.id, timeout(), signal);
  start.opened({ ...frame, update: (update) => updates.run(update ?? put) });
  await Promise.race([frame.alive, rejection(refused)]);
  performance.measure("dintero-checkout:frame", { start: opened });
  performance.measure("dintero-checkout:ready", { start: started });
}
