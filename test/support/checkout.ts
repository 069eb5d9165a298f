import "../../src/index.ts";
import type { DinteroCheckout, DinteroCheckoutEventMap, CheckoutState, Session } from "../../src/index.ts";
import { ScriptedPage, scriptedUrl } from "./scripted-frame.ts";

type Settings = Partial<
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

/** A session as Dintero's page would send it. */
export const session: Session = {
  id: "session",
  order: { amount: 29990, currency: "NOK", merchant_reference: "order-001" },
};

/** A `<dintero-checkout>` with these properties, on the page. */
export function mount(settings: Settings, parent: Element = document.body): DinteroCheckout {
  const element = document.createElement("dintero-checkout");
  Object.assign(element, settings);
  parent.append(element);
  return element;
}

/** Takes everything from the page that a test put there. */
export async function clear(): Promise<void> {
  document.body.replaceChildren();
  document.documentElement.removeAttribute("lang");
  document.documentElement.removeAttribute("style");
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  // Teardown waits for the end of the script that removed the element.
  await Promise.resolve();
}

/** The next event of a type, told at the element. */
export function told<Type extends keyof DinteroCheckoutEventMap>(
  element: EventTarget,
  type: Type,
): Promise<DinteroCheckoutEventMap[Type]> {
  return new Promise((resolve) => {
    element.addEventListener(type, (event) => resolve(event as DinteroCheckoutEventMap[Type]), {
      once: true,
    });
  });
}

/** Resolves when the element is, or comes to be, in a state, and has rendered it. */
export async function reached(element: DinteroCheckout, ...states: CheckoutState[]): Promise<void> {
  while (!states.includes(element.state)) await told(element, "dintero-state");
  await element.updateComplete;
}

/** Everything the element tells from now on, in its order, `dintero-state` left out. */
export function recorded(element: DinteroCheckout): Event[] {
  const events: Event[] = [];
  for (const type of eventTypes) element.addEventListener(type, (event) => events.push(event));
  return events;
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

/** An element in front of the scripted checkout, and the page in its frame. */
export async function scripted(settings: Settings = {}) {
  const sid = `T12345678.${crypto.randomUUID()}`;
  const element = mount({
    sessionId: sid,
    ...settings,
    checkoutUrl: settings.checkoutUrl ?? scriptedUrl(),
  });
  const shown = (): string => new URL(element.frame!.src).searchParams.get("sid") ?? sid;
  const page = new ScriptedPage(() => element.frame?.contentWindow, shown);
  const url = await page.opened();
  return { element, page, sid, url };
}

/** The same with a session shown: ready to pay. */
export async function ready(settings: Settings = {}) {
  const opened = await scripted(settings);
  opened.page.say({ type: "SessionLoaded", session });
  await reached(opened.element, "ready");
  return opened;
}

/** Resolves when everything that the page has said until now was heard. */
export async function heardAll(element: DinteroCheckout, page: ScriptedPage): Promise<void> {
  const marker = crypto.randomUUID();
  page.say({ type: "ActivePaymentProductType", payment_product_type: marker });
  while ((await told(element, "dintero-payment-type")).paymentProductType !== marker);
}

/** An address on this very page: going there is seen, and the tests stay. */
export function here(hash: string): string {
  return new URL(`#${hash}`, location.href).href;
}

/** Resolves when the page has gone to `here(hash)`. */
export async function wentTo(hash: string): Promise<void> {
  while (location.hash !== `#${hash}`) {
    await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  }
}

/** What a shopper can see of a part, or null. */
export function part(element: DinteroCheckout, name: string): HTMLElement | null {
  const found = element.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`);
  return found?.checkVisibility() ? found : null;
}

/** The text in front of the frame, as a shopper reads it. */
export function panelText(element: DinteroCheckout): string {
  const front = element.shadowRoot!.querySelector<HTMLElement>(".front");
  return front?.checkVisibility() ? front.innerText.replace(/\s+/g, " ").trim() : "";
}

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
