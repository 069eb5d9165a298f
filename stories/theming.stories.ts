import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { expect } from "storybook/test";
import { checkoutIn, meta, part, reaches, tag, type Args } from "./support/checkout.ts";
import { endpoint } from "./support/shop.ts";

export default {
  ...meta,
  title: "Checkout/Theming",
  args: { ...meta.args, endpoint: endpoint("broken") },
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const errorIs = (
  look: (checkout: ReturnType<typeof checkoutIn>) => Promise<void>,
): NonNullable<Story["play"]> =>
  async function play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await look(checkout);
  };

/** Custom properties color the panels and buttons; the text of a button becomes black or white, whichever is readable. */
export const CustomProperties: Story = {
  render: (args) => html`
    <style>
      .violet dintero-checkout {
        --dintero-checkout-accent: #5b21b6;
        --dintero-checkout-background: #f5f3ff;
        --dintero-checkout-color: #2e1065;
        --dintero-checkout-radius: 1rem;
        --dintero-checkout-font: Georgia, serif;
        --dintero-checkout-min-height: 12rem;
      }
    </style>
    <div class="violet">${tag(args)}</div>
  `,
  play: errorIs(async (checkout) => {
    await expect(getComputedStyle(await part(checkout, "button")).backgroundColor).toBe("rgb(91, 33, 182)");
  }),
};

/** Parts can have any style. */
export const Parts: Story = {
  render: (args) => html`
    <style>
      .parts dintero-checkout::part(error) {
        border: 2px dashed;
      }
      .parts dintero-checkout::part(button) {
        text-transform: uppercase;
      }
    </style>
    <div class="parts">${tag(args)}</div>
  `,
  play: errorIs(async (checkout) => {
    await expect(getComputedStyle(await part(checkout, "button")).textTransform).toBe("uppercase");
  }),
};

/** CSS follows the state without a script. */
export const CustomStates: Story = {
  render: (args) => html`
    <style>
      .hint {
        display: none;
      }
      dintero-checkout:state(error) + .hint {
        display: block;
      }
    </style>
    ${tag(args)}
    <p class="hint">Nothing has been paid. Your cart is kept.</p>
  `,
  play: errorIs(async (checkout) => {
    await expect(checkout.nextElementSibling).toBeVisible();
  }),
};

/** A slot replaces a whole panel. */
export const YourOwnPanel: Story = {
  render: (args) =>
    tag(args, html`<p slot="error">We could not reach the payment. <a href="#cart">Back to the cart</a></p>`),
  play: errorIs(async (checkout) => {
    await expect(checkout.querySelector("[slot=error]")?.checkVisibility()).toBe(true);
  }),
};

/** On a dark page: texts have the page's color, and there is no white box around the frame. */
export const Dark: Story = {
  render: (args) =>
    html`<div style="color-scheme: dark; background: #111; color: #eee; padding: 1rem">${tag(args)}</div>`,
  play: errorIs(async () => {}),
};
