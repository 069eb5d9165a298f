import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect, waitFor } from "storybook/test";
import type { Answer } from "../src/checkout/events.ts";
import { checkoutIn, inFrame, meta, next, pay, reaches, type Args } from "./support/checkout.ts";
import { session } from "./support/shop.ts";

export default {
  ...meta,
  title: "Checkout/Gates",
  args: { ...meta.args, "session-id": session("validate"), "validate-session": true },
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

/** Pays with a page that answers so. */
async function payWith(canvas: HTMLElement, answer: Answer | Promise<Answer>) {
  const checkout = checkoutIn(canvas);
  checkout.addEventListener("dintero-validate-session", (event) => event.respondWith(answer), { once: true });
  await pay(checkout);
  return checkout;
}

const hears = async (checkout: ReturnType<typeof checkoutIn>, text: string) =>
  waitFor(async () => expect((await inFrame(checkout, "[role=alert]")).textContent).toContain(text));

/** `respondWith(true)` lets the payment pass. */
export const LetsItPass: Story = {
  async play({ canvasElement }) {
    await reaches(await payWith(canvasElement, true), "paid");
  },
};

/** A promise has 30 seconds, for instance to ask the server for the stock. */
export const AnswersLater: Story = {
  async play({ canvasElement }) {
    const checkout = await payWith(
      canvasElement,
      fetch("/api/checkout", { method: "POST" }).then(({ ok }) => ok),
    );
    await reaches(checkout, "paid");
  },
};

/** A message refuses, and the shopper reads it in the checkout. */
export const RefusesWithAMessage: Story = {
  async play({ canvasElement }) {
    const checkout = await payWith(canvasElement, "Please accept our terms first.");
    await hears(checkout, "Please accept our terms first.");
    await reaches(checkout, "ready");
  },
};

/** Nobody answers: the payment is refused, never let through by accident. */
export const NobodyAnswers: Story = {
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const asked = next(checkout, "dintero-validate-session");
    await pay(checkout);
    await asked;
    await hears(checkout, "The order was not confirmed.");
    await reaches(checkout, "ready");
  },
};
