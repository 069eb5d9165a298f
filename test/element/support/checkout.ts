import type { CheckoutState, DinteroCheckout, DinteroCheckoutError } from "../../../src/index.ts";
import { sandboxUrl } from "../../support/env.ts";

export type Attributes = Readonly<Record<string, string>>;

/** A `<dintero-checkout>`, put into the page last: what properties say is there before it starts. */
export function mount(
  attributes: Attributes,
  properties: Partial<DinteroCheckout> = {},
  parent: Element = document.body,
): DinteroCheckout {
  const element = parent.ownerDocument.createElement("dintero-checkout") as DinteroCheckout;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, properties);
  parent.append(element);
  return element;
}

export const eventNames = [
  ..."session payment payment-error cancel session-not-found session-locked session-lock-failed".split(" "),
  ..."payment-type validate-session address-callback redirect error state".split(" "),
].map((name) => `dintero-${name}`);

/** Everything that the element tells from now on. */
export function record(element: EventTarget): Event[] {
  const told: Event[] = [];
  for (const name of eventNames) element.addEventListener(name, (event) => told.push(event));
  return told;
}

export const names = (told: readonly Event[]): string[] =>
  told.map(({ type }) => type.replace("dintero-", "")).filter((type) => type !== "state");

/** Waits for an event. Fails by name, and not by the test's own time-out. */
export function next<E extends Event>(target: EventTarget, type: string, ms = 50_000): Promise<E> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${type} did not come within ${ms} ms`)), ms);
    target.addEventListener(
      type,
      (event) => {
        clearTimeout(timer);
        resolve(event as E);
      },
      { once: true },
    );
  });
}

/** Waits for a state; returns at once when it is there already. */
export async function until(element: DinteroCheckout, ...states: readonly CheckoutState[]): Promise<void> {
  while (!states.includes(element.state)) {
    await next(element, "dintero-state").catch(() => {
      throw new Error(
        `waited for ${states.join(" or ")}, stayed ${element.state} (${element.error?.message})`,
      );
    });
  }
  await element.updateComplete;
}

/** What stands in front of the frame, as a person reads it; "" for nothing. */
export async function shown(element: DinteroCheckout): Promise<string> {
  await element.updateComplete;
  const front = element.shadowRoot!.querySelector<HTMLElement>(".front");
  if (!front || front.hidden) return "";
  return [...front.querySelectorAll("p, button, a")].map((node) => node.textContent.trim()).join(" | ");
}

/** The button of the panel. */
export const button = (element: DinteroCheckout): HTMLButtonElement | null =>
  element.shadowRoot!.querySelector('.front:not([hidden]) [part="button"]');

/** Why a promise was rejected. */
export async function reason(promise: Promise<unknown>): Promise<DinteroCheckoutError> {
  return promise.then(
    () => {
      throw new Error("it was not rejected");
    },
    (error: unknown) => error as DinteroCheckoutError,
  );
}

/** What reaches the page as an error that nobody caught. */
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
  await next(page, "load");
  return page;
}

/** Loads a script into a page. */
export async function load(page: Document, src: string, type = ""): Promise<void> {
  const script = page.createElement("script");
  script.src = src;
  script.type = type;
  const done = next(script, "load");
  page.head.append(script);
  await done;
}

export const cdnFile = "/dist/cdn/dintero-checkout.min.js";
export const sdkFile = "/node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.umd.min.js";
