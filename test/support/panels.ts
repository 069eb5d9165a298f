import type { CheckoutState } from "../../src/index.ts";
import { type Attributes, mountTag, reached, settledHeight } from "./checkout.ts";
import { FakeCheckout, loaded, type Message } from "./fake-checkout.ts";
import { sid } from "./shop-page.ts";

interface Panel {
  readonly state: CheckoutState;
  readonly messages?: readonly Message[];
  readonly attributes?: Attributes;
}

/** What a shopper can see, and how to get there. */
export const panels = {
  "the button": { state: "idle", attributes: { trigger: "click" } },
  loading: { state: "loading" },
  "the frame": { state: "ready", messages: [loaded()] },
  "no answer, and a link": { state: "error", attributes: { timeout: "1" } },
  expired: { state: "expired", messages: [{ type: "SessionNotFound" }] },
  failed: { state: "failed", messages: [{ type: "SessionPaymentError", error: "failed" }] },
  cancelled: { state: "cancelled", messages: [{ type: "SessionCancel" }] },
} satisfies Record<string, Panel>;

/** A `<dintero-checkout>` with this panel shown. */
export async function showPanel(
  parent: HTMLElement,
  { state, messages = [], attributes = {} }: Panel,
  more: Attributes = {},
) {
  const checkout = new FakeCheckout({ page: parent.ownerDocument.defaultView! });
  checkout.onOpened = () => messages;
  const element = mountTag(
    { "session-id": sid, "checkout-url": checkout.url, ...attributes, ...more },
    {},
    parent,
  );
  await reached(element, state);
  await settledHeight(element);
  checkout.stop();
  return element;
}
