import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { expect } from "storybook/test";
import {
  checkoutIn,
  sendFromFrame,
  inFrame,
  meta,
  next,
  part,
  pay,
  reaches,
  hasText,
  tag,
  type Args,
} from "./support/checkout.ts";
import { endpoint, session } from "./support/shop.ts";

export default { ...meta, title: "Checkout/States" } satisfies Meta<Args>;

type Story = StoryObj<Args>;

/** Waits for a click. Before it, no request is sent. */
export const Idle: Story = {
  args: { endpoint: endpoint("paid"), trigger: "click" },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await hasText(checkout, "button", "Continue to payment");
    await expect(checkout.state).toBe("idle");
  },
};

/** The endpoint is creating a session. */
export const Creating: Story = {
  args: { endpoint: endpoint("nothing") },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "creating");
  },
};

/** The frame is open and has not sent a message yet. */
export const Loading: Story = {
  args: { "session-id": session("silent") },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "loading");
  },
};

/** The shopper can pay. */
export const Ready: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    await expect(checkout.session?.order.amount).toBe(29990);
    await expect(checkout.frame?.title).toBe("Payment with Dintero");
  },
};

/** The order is being updated; it cannot be paid meanwhile. */
export const Locked: Story = {
  args: { "session-id": session("locked") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "locked");
    await expect(await inFrame(checkout, "#pay")).toBeDisabled();
  },
};

/** The checkout waits for the page's response to `dintero-validate-session`. */
export const Validating: Story = {
  args: { "session-id": session("validate"), "validate-session": true },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    checkout.addEventListener("dintero-validate-session", (event) => {
      event.respondWith(new Promise(() => {}));
    });
    await pay(checkout);
    await reaches(checkout, "validating");
  },
};

/** Authorized. The page called `preventDefault()`, so the shopper stays. */
export const Paid: Story = {
  args: { "session-id": session("paid.now") },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "paid");
  },
};

/** Dintero reviews the payment. */
export const OnHold: Story = {
  args: { "session-id": session("on-hold.now") },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "on-hold");
  },
};

/** The payment was declined. */
export const Failed: Story = {
  args: { "session-id": session("declined.now") },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "failed");
  },
};

/** The payment failed without an address to go to: a panel offers a new start. */
export const FailedWithoutAddress: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    sendFromFrame(checkout, { type: "SessionPaymentError", error: "failed" });
    await reaches(checkout, "failed");
    await hasText(checkout, "message", "It was not approved. Try again or choose another way to pay.");
    await hasText(checkout, "button", "Start again");
    await expect(await part(checkout, "button")).toBeVisible();
  },
};

/** The shopper cancelled. */
export const Cancelled: Story = {
  args: { "session-id": session("cancelled.now") },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "cancelled");
  },
};

/** The session is unknown or expired. With an `endpoint` the shopper can start again. */
export const Expired: Story = {
  args: { endpoint: endpoint("expired") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "expired");
    await hasText(checkout, "button", "Start again");
  },
};

/** The browser is leaving for Dintero's own page. Here the page called `preventDefault()`. */
export const Redirecting: Story = {
  args: { endpoint: endpoint("paid"), mode: "redirect" },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const leaving = next(checkout, "dintero-redirect");
    (await part(checkout, "button")).click();
    await expect((await leaving).url).toContain("sid=T00000000.paid");
    await reaches(checkout, "redirecting");
  },
};

/** The endpoint answers 500. */
export const ErrorPanel: Story = {
  name: "Error",
  args: { endpoint: endpoint("broken") },
  render: (args) => tag(args, html`<p>Or call us: <a href="tel:+4722222222">22 22 22 22</a></p>`),
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await expect(checkout.error?.code).toBe("endpoint-failed");
  },
};
