import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { expect, waitFor } from "storybook/test";
import { checkoutIn, inFrame, meta, next, pay, reaches, tag, type Args } from "./support/checkout.ts";
import { endpoint, session } from "./support/shop.ts";

export default { ...meta, title: "Checkout/Updating the cart" } satisfies Meta<Args>;

type Story = StoryObj<Args>;

const cart = (args: Args) => html`
  <p>
    <label>
      Blue T-Shirts
      <input
        type="number"
        min="1"
        max="9"
        value="1"
        @change=${async ({ target }: Event) => {
          const input = target as HTMLInputElement;
          const checkout = checkoutIn(input.closest("#storybook-root, .docs-story")!);
          checkout.payload = { quantity: input.valueAsNumber };
          await checkout.updateSession();
        }}
      />
    </label>
  </p>
  ${tag(args)}
`;

/** Adds one to the cart: locks the session, updates it on the server, and shows the new amount. */
export const OneMore: Story = {
  args: { endpoint: endpoint("paid") },
  render: cart,
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    const locked = next(checkout, "dintero-session-locked");
    checkout.payload = { quantity: 2 };
    const { order } = await checkout.updateSession();
    await locked;
    await expect(order.amount).toBe(59980);
    await waitFor(async () => expect((await inFrame(checkout, "#pay")).textContent).toContain("599.80"));
    await pay(checkout);
    await reaches(checkout, "paid");
  },
};

/** With a function instead of the `PUT`. */
export const WithAFunction: Story = {
  args: { "session-id": session("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    const states: string[] = [];
    checkout.addEventListener("dintero-state", ({ state }) => states.push(state));
    await checkout.updateSession(async () => {
      await expect(checkout.state).toBe("locked");
    });
    await expect(states).toEqual(["locked", "ready"]);
  },
};

/** The update fails: the old order can be paid again. */
export const UpdateFails: Story = {
  args: { "session-id": session("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    const failed = checkout.updateSession(() => Promise.reject(new Error("out of stock")));
    await expect(failed).rejects.toMatchObject({ code: "update-failed" });
    await reaches(checkout, "ready");
  },
};

/** Address, shipping and a discount code in the checkout. SUMMER takes 10 % off. */
export const Express: Story = {
  args: { "session-id": session("express") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    (await inFrame(checkout, "#address-test-values")).click();
    (await inFrame(checkout, "#give-address")).click();
    (await inFrame(checkout, "[name=shipping][value=home]")).click();
    await waitFor(async () => expect((await inFrame(checkout, "#pay")).textContent).toContain("348.90"));
    await pay(checkout);
    await reaches(checkout, "paid");
  },
};
