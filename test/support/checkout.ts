import "../../src/index.ts";
import type {
  CheckoutState,
  DinteroCheckout,
  DinteroCheckoutError,
  DinteroCheckoutEventMap,
  Session,
} from "../../src/index.ts";
import { sandboxUrl } from "./env.ts";
import { FakePage, fakeOrigin } from "./fake-checkout.ts";

export type Attributes = Readonly<Record<string, string>>;

type Properties = Partial<
  Pick<
    DinteroCheckout,
    | "sessionId"
    | "endpoint"
    | "mode"
    | "trigger"
    | "language"
    | "validateSession"
    | "addressCallback"
    | "timeout"
    | "credentials"
    | "checkoutUrl"
    | "payload"
    | "fetchSession"
    | "messages"
  >
>;

/** A session as Dintero's page sends it. */
export const session: Session = {
  id: "session",
  order: { amount: 29990, currency: "NOK", merchant_reference: "order-001" },
};

/** A `<dintero-checkout>` with these properties, on the page. */
export function mount(properties: Properties, parent: Element = document.body): DinteroCheckout {
  return mountTag({}, properties, parent);
}

/** A `<dintero-checkout>` with these attributes; it is put into the page last, with its properties set. */
export function mountTag(
  attributes: Attributes,
  properties: Properties = {},
  parent: Element = document.body,
): DinteroCheckout {
  const element = parent.ownerDocument.createElement("dintero-checkout") as DinteroCheckout;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, properties);
  parent.append(element);
  return element;
}

/** Removes everything that a test put on the page, and goes back to its top. */
export async function clear(): Promise<void> {
  document.body.replaceChildren();
  // Ends a smooth scroll, too: Chromium would go on with it in the next test, between measuring a button and a click on it.
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  document.documentElement.removeAttribute("lang");
  document.documentElement.removeAttribute("style");
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  // Teardown waits for the end of the script that removed the element.
  await Promise.resolve();
}

/** Waits for an event. Fails with the event's name before the test times out. */
export function nextEvent<Type extends keyof DinteroCheckoutEventMap>(
  target: EventTarget,
  type: Type,
): Promise<DinteroCheckoutEventMap[Type]>;
export function nextEvent<E extends Event>(target: EventTarget, type: string, ms?: number): Promise<E>;
export function nextEvent(target: EventTarget, type: string, ms = 50_000): Promise<Event> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${type} did not come within ${ms} ms`)), ms);
    const listener = (event: Event): void => {
      clearTimeout(timer);
      resolve(event);
    };
    target.addEventListener(type, listener, { once: true });
  });
}

/** Resolves when the element is in one of these states, now or later, and has rendered it. */
export async function reached(element: DinteroCheckout, ...states: readonly CheckoutState[]): Promise<void> {
  while (!states.includes(element.state)) {
    await nextEvent(element, "dintero-state").catch(() => {
      throw new Error(
        `waited for ${states.join(" or ")}, stayed ${element.state} (${element.error?.message})`,
      );
    });
  }
  await element.updateComplete;
}

export const eventTypes = [
  "dintero-session",
  "dintero-payment",
  "dintero-payment-error",
  "dintero-cancel",
  "dintero-session-not-found",
  "dintero-session-locked",
  "dintero-session-lock-failed",
  "dintero-payment-type",
  "dintero-validate-session",
  "dintero-address-callback",
  "dintero-redirect",
  "dintero-error",
] as const;

/** Records the events that the element dispatches from now on, in order, without `dintero-state`. */
export function record(element: EventTarget): Event[] {
  return recordTypes(element, eventTypes);
}

/** Records the events that the element dispatches from now on, with `dintero-state`. */
export function recordAll(element: EventTarget): Event[] {
  return recordTypes(element, [...eventTypes, "dintero-state"]);
}

function recordTypes(element: EventTarget, types: readonly string[]): Event[] {
  const events: Event[] = [];
  for (const type of types) element.addEventListener(type, (event) => events.push(event));
  return events;
}

/** Types of events without their prefix, and without `dintero-state`. */
export const names = (events: readonly Event[]): string[] =>
  events.map(({ type }) => type.replace("dintero-", "")).filter((type) => type !== "state");

/** An element in front of the fake checkout, and the document in its frame. */
export async function mountFake(properties: Properties = {}) {
  const sid = `T12345678.${crypto.randomUUID()}`;
  const element = mount({
    sessionId: sid,
    ...properties,
    checkoutUrl: properties.checkoutUrl ?? fakeOrigin,
  });
  const shown = (): string => new URL(element.frame!.src).searchParams.get("sid") ?? sid;
  const page = new FakePage(() => element.frame?.contentWindow, shown);
  const url = await page.opened();
  return { element, page, sid, url };
}

/** The same with a session shown: ready to pay. */
export async function mountReady(properties: Properties = {}) {
  const mounted = await mountFake(properties);
  mounted.page.send({ type: "SessionLoaded", session });
  await reached(mounted.element, "ready");
  return mounted;
}

/** Resolves when the element has handled everything that the page has sent so far. */
export async function handled(element: DinteroCheckout, page: FakePage): Promise<void> {
  const marker = crypto.randomUUID();
  page.send({ type: "ActivePaymentProductType", payment_product_type: marker });
  while ((await nextEvent(element, "dintero-payment-type")).paymentProductType !== marker);
}

/** An address on this very page: a navigation to it can be seen, and the tests keep running. */
export function here(hash: string): string {
  return new URL(`#${hash}`, location.href).href;
}

/** Resolves when the page has gone to `here(hash)`. */
export async function wentTo(hash: string): Promise<void> {
  while (location.hash !== `#${hash}`) {
    await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  }
}

/** A part that is visible to the shopper, or null. */
export function part(element: DinteroCheckout, name: string): HTMLElement | null {
  const found = element.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`);
  return found?.checkVisibility() ? found : null;
}

/** The text in front of the frame, as a shopper reads it. */
export function panelText(element: DinteroCheckout): string {
  const front = element.shadowRoot!.querySelector<HTMLElement>(".front");
  return front?.checkVisibility() ? front.innerText.replace(/\s+/g, " ").trim() : "";
}

/** The panel's texts in front of the frame, joined by " | "; "" without a panel. */
export async function panelParts(element: DinteroCheckout): Promise<string> {
  await element.updateComplete;
  const front = element.shadowRoot!.querySelector<HTMLElement>(".front");
  if (!front || front.hidden) return "";
  return [...front.querySelectorAll("p, button, a")].map((node) => node.textContent.trim()).join(" | ");
}

/** The button of the panel. */
export const panelButton = (element: DinteroCheckout): HTMLButtonElement | null =>
  element.shadowRoot!.querySelector('.front:not([hidden]) [part="button"]');

/** Waits for what `selector` finds. */
export function appears<E extends Element>(root: ParentNode & Node, selector: string): Promise<E> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = root.querySelector<E>(selector);
      if (!found) return;
      observer.disconnect();
      resolve(found);
    };
    const observer = new MutationObserver(look);
    observer.observe(root, { childList: true, subtree: true });
    look();
  });
}

/** Resolves with the error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<DinteroCheckoutError> {
  return promise.then(
    () => {
      throw new Error("it was not rejected");
    },
    (error: unknown) => error as DinteroCheckoutError,
  );
}

/** Errors that reach the page uncaught. */
export function uncaught(page: Window = window): { readonly errors: unknown[]; stop(): void } {
  const errors: unknown[] = [];
  const onError = (event: Event): void => void errors.push((event as ErrorEvent).message ?? event.type);
  const onRejection = (event: Event): void => void errors.push((event as PromiseRejectionEvent).reason);
  page.addEventListener("error", onError);
  page.addEventListener("unhandledrejection", onRejection);
  return {
    errors,
    stop() {
      page.removeEventListener("error", onError);
      page.removeEventListener("unhandledrejection", onRejection);
    },
  };
}

/** The sandbox's control API. */
export async function control<T = unknown>(path: string, body: object = {}): Promise<T> {
  const response = await fetch(`${sandboxUrl()}/_sandbox/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

/** A session in the sandbox, without a merchant's server. */
export async function newSession(given: object = {}): Promise<string> {
  return (await control<{ session: { id: string } }>("sessions", given)).session.id;
}

/** A page of the merchant's origin in a frame, with a policy of its own (test/support/page.mjs). */
export async function openPage(query: Readonly<Record<string, string>>): Promise<HTMLIFrameElement> {
  const page = document.createElement("iframe");
  page.style.width = "600px";
  page.style.height = "400px";
  page.src = `/support/page?${new URLSearchParams(query)}`;
  document.body.append(page);
  await nextEvent(page, "load");
  return page;
}

/** Resolves when no transition of the element's height is running any more. */
export async function settledHeight(element: DinteroCheckout): Promise<void> {
  await element.updateComplete;
  const animations = [element, ...element.shadowRoot!.querySelectorAll("*")].flatMap((each) =>
    each.getAnimations(),
  );
  const ending = animations.filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 10_000);
  await Promise.all(ending.map(({ finished }) => finished.catch(() => {})));
}
