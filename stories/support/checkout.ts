import { html, nothing, type TemplateResult } from "lit";
import { expect, waitFor } from "storybook/test";
import type { DinteroCheckout } from "../../src/checkout/dintero-checkout.ts";
import type { CheckoutState } from "../../src/checkout/state.ts";
import { controls } from "./controls.ts";
import { checkoutUrl, resetShop } from "./shop.ts";

/** Attributes of `<dintero-checkout>` as they are written. */
export interface Args {
  "session-id"?: string;
  endpoint?: string;
  mode?: string;
  trigger?: string;
  language?: string;
  "validate-session"?: boolean;
  "address-callback"?: boolean;
  timeout?: number;
  credentials?: string;
  "checkout-url"?: string;
}

/** What the stories of `<dintero-checkout>` have in common. */
export const meta = {
  component: "dintero-checkout",
  argTypes: controls("dintero-checkout"),
  args: { "checkout-url": checkoutUrl },
  render: (args: Args) => tag(args),
  beforeEach: resetShop,
};

/** The tag with its content. */
export function tag(args: Args, inside: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<dintero-checkout
    session-id=${args["session-id"] ?? nothing}
    endpoint=${args.endpoint ?? nothing}
    mode=${args.mode ?? nothing}
    trigger=${args.trigger ?? nothing}
    language=${args.language ?? nothing}
    ?validate-session=${args["validate-session"]}
    ?address-callback=${args["address-callback"]}
    timeout=${args.timeout ?? nothing}
    credentials=${args.credentials ?? nothing}
    checkout-url=${args["checkout-url"] ?? nothing}
    >${inside}</dintero-checkout
  >`;
}

export function checkoutIn(canvas: HTMLElement): DinteroCheckout {
  const found = canvas.querySelector("dintero-checkout");
  if (!found) throw new Error("There is no <dintero-checkout> in the story.");
  return found;
}

/** Resolves when the element is in this state. */
export async function reaches(checkout: DinteroCheckout, state: CheckoutState): Promise<void> {
  if (checkout.state !== state) {
    const limit = AbortSignal.timeout(15_000);
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (checkout.state === state) resolve();
      };
      checkout.addEventListener("dintero-state", check, { signal: limit });
      limit.addEventListener("abort", () =>
        reject(
          new Error(
            `The state stays ${checkout.state} (${checkout.error?.code ?? "no error"}), not ${state}.`,
          ),
        ),
      );
    });
  }
  await checkout.updateComplete;
}

/** Resolves with the next event of this name. */
export function next<K extends keyof GlobalEventHandlersEventMap>(
  checkout: DinteroCheckout,
  name: K,
): Promise<GlobalEventHandlersEventMap[K]> {
  return new Promise((resolve) => checkout.addEventListener(name, resolve, { once: true }));
}

/** A part of the element, once it is rendered. */
export async function part(checkout: DinteroCheckout, name: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = checkout.shadowRoot?.querySelector<HTMLElement>(`[part=${name}]`);
    if (!found) throw new Error(`There is no part "${name}" in ${checkout.state}.`);
    return found;
  });
}

/** Waits until a part has this text. */
export async function hasText(checkout: DinteroCheckout, name: string, text: string): Promise<void> {
  await waitFor(async () => expect((await part(checkout, name)).textContent).toBe(text));
}

/** An element in the payment frame, which has the page's own origin here. */
export async function inFrame(checkout: DinteroCheckout, selector: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = checkout.frame?.contentDocument?.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`There is no ${selector} in the frame.`);
    return found;
  });
}

/** Sends a message in the name of the frame: the SDK accepts no other source. */
export function sendFromFrame(checkout: DinteroCheckout, message: Readonly<Record<string, string>>): void {
  const source = checkout.frame?.contentWindow ?? null;
  const sid = new URL(checkout.frame?.src ?? "").searchParams.get("sid");
  const { origin } = new URL(checkout.checkoutUrl, location.href);
  window.dispatchEvent(new MessageEvent("message", { source, origin, data: { sid, ...message } }));
}

/** The shopper fills in the test card and pays. */
export async function pay(checkout: DinteroCheckout, outcome = "authorized"): Promise<void> {
  await reaches(checkout, "ready");
  (await inFrame(checkout, "#test-values")).click();
  (await inFrame(checkout, `[name=outcome][value=${outcome}]`)).click();
  (await inFrame(checkout, "#pay")).click();
}

/** The shopper cancels. */
export async function cancel(checkout: DinteroCheckout): Promise<void> {
  await reaches(checkout, "ready");
  (await inFrame(checkout, "#cancel")).click();
}
