import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { expect } from "storybook/test";
import { checkoutIn, meta, reaches, type Args } from "./support/checkout.ts";
import { endpoint, session } from "./support/shop.ts";

/** Try the attributes in the controls, and read the events with their fields in the actions panel. */
export default { ...meta, title: "Checkout/Overview", tags: ["autodocs"] } satisfies Meta<Args>;

type Story = StoryObj<Args>;

/** The element requests a session from the shop's server. */
export const Endpoint: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    await expect(checkout.testMode).toBe(true);
  },
};

/** The shop's server created the session with the page. */
export const SessionId: Story = {
  args: { "session-id": session("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    await expect(checkout.session?.id).toBe("T00000000.paid");
  },
};
