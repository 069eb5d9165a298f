import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect, waitFor } from "storybook/test";
import type { Answer } from "../src/checkout/events.ts";
import { checkoutIn, inFrame, meta, next, pay, reaches, type Args } from "./support/checkout.ts";
import { session } from "./support/shop.ts";

export default {
  ...meta,
  title: "Checkout/Validation",
  args: { ...meta.args, "session-id": session("validate"), "validate-session": true },
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

/** Pays, while the page responds with `answer`. */
async function payWith(canvas: HTMLElement, answer: Answer | Promise<Answer>) {
  const checkout = checkoutIn(canvas);
  checkout.addEventListener("dintero-validate-session", (event) => event.respondWith(answer), { once: true });
  await pay(checkout);
  return checkout;
}

const frameShows = async (checkout: ReturnType<typeof checkoutIn>, text: string) =>
  waitFor(async () => expect((await inFrame(checkout, "[role=alert]")).textContent).toContain(text));

/** `respondWith(true)` continues the payment. */
export const Accepts: Story = {
  async play({ canvasElement }) {
    await reaches(await payWith(canvasElement, true), "paid");
  },
};

/** A promise has 30 seconds, for instance to look up the stock on the server. */
export const AcceptsLater: Story = {
  async play({ canvasElement }) {
    const checkout = await payWith(
      canvasElement,
      fetch("/api/checkout", { method: "POST" }).then(({ ok }) => ok),
    );
    await reaches(checkout, "paid");
  },
};

/** A message refuses the payment, and the shopper reads it in the checkout. */
export const RefusesWithAMessage: Story = {
  async play({ canvasElement }) {
    const checkout = await payWith(canvasElement, "Please accept our terms first.");
    await frameShows(checkout, "Please accept our terms first.");
    await reaches(checkout, "ready");
  },
};

/** Without a response the payment is refused. */
export const NoResponse: Story = {
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const event = next(checkout, "dintero-validate-session");
    await pay(checkout);
    await event;
    await frameShows(checkout, "The order could not be confirmed.");
    await reaches(checkout, "ready");
  },
};
