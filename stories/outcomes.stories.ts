import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect } from "storybook/test";
import {
  cancel,
  checkoutIn,
  meta,
  next,
  part,
  pay,
  reaches,
  hasText,
  type Args,
} from "./support/checkout.ts";
import { endpoint, session } from "./support/shop.ts";

export default { ...meta, title: "Checkout/Outcomes" } satisfies Meta<Args>;

type Story = StoryObj<Args>;

/** The shopper pays. */
export const Pays: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const outcome = next(checkout, "dintero-payment");
    await pay(checkout);
    const { status, merchantReference, href } = await outcome;
    await expect({ status, merchantReference }).toEqual({
      status: "authorized",
      merchantReference: "order-001",
    });
    await expect(href).toContain("transaction_id=");
    await reaches(checkout, "paid");
  },
};

/** The payment is put on hold for a review. */
export const IsPutOnHold: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const outcome = next(checkout, "dintero-payment");
    await pay(checkout, "on_hold");
    await expect((await outcome).status).toBe("on-hold");
    await reaches(checkout, "on-hold");
  },
};

/** The card is declined. */
export const IsDeclined: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const outcome = next(checkout, "dintero-payment-error");
    await pay(checkout, "declined");
    await expect((await outcome).reason).toBe("failed");
    await reaches(checkout, "failed");
  },
};

/** The bank does not authorize the payment. */
export const IsNotAuthorized: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const outcome = next(checkout, "dintero-payment-error");
    await pay(checkout, "unauthorized");
    await expect((await outcome).reason).toBe("authorization");
  },
};

/** The shopper cancels. */
export const Cancels: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const outcome = next(checkout, "dintero-cancel");
    await cancel(checkout);
    await expect((await outcome).href).toContain("error=cancelled");
    await reaches(checkout, "cancelled");
  },
};

/** After an outcome whose default action was prevented, `restart()` shows a new session. */
export const CancelsAndStartsAgain: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await cancel(checkout);
    await reaches(checkout, "cancelled");
    checkout.restart();
    await pay(checkout);
    await reaches(checkout, "paid");
  },
};

/** The frame sends no message within `timeout`. In mode `auto` there is a link to Dintero's full page. */
export const TimesOut: Story = {
  args: { "session-id": session("silent"), timeout: 700 },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await expect(checkout.error?.code).toBe("frame-unreachable");
    await expect(await part(checkout, "link")).toHaveAttribute("href");
  },
};

/** The endpoint does not answer within `timeout`. */
export const EndpointTimesOut: Story = {
  args: { endpoint: endpoint("nothing"), timeout: 700 },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await expect(checkout.error?.code).toBe("endpoint-unreachable");
  },
};

/** The first request fails; "Try again" shows the checkout. */
export const FailsAndTriesAgain: Story = {
  args: { endpoint: endpoint("broken once") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    (await part(checkout, "button")).click();
    await pay(checkout);
    await reaches(checkout, "paid");
  },
};

/** The shop refuses (4xx) with a message of its own. */
export const IsRefusedByTheShop: Story = {
  args: { endpoint: endpoint("sold-out") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await hasText(checkout, "message", "The Blue T-Shirt in M has just sold out.");
  },
};

/** Slow to load. */
export const TakesThreeSeconds: Story = {
  args: { "session-id": session("slow") },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "ready");
  },
};

const elsewhere = (status: string): NonNullable<Story["play"]> =>
  async function play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    const channel = new BroadcastChannel("dintero-checkout");
    channel.postMessage({
      ...{ type: "result", status, sessionId: checkout.sessionId },
      ...{ merchantReference: "order-001", transactionId: "T00000000.transaction" },
    });
    channel.close();
    await reaches(checkout, status === "paid" ? "paid" : "cancelled");
  };

/** An app opened the return page in a new tab, and `<dintero-return>` there reported the result to this one. */
export const PaidInAnotherTab: Story = {
  args: { "session-id": session("paid") },
  play: elsewhere("paid"),
};

/** Cancelled in the tab that the app opened. */
export const CancelledInAnotherTab: Story = {
  args: { "session-id": session("paid") },
  play: elsewhere("cancelled"),
};
