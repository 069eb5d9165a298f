import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { expect } from "storybook/test";
import { checkoutIn, meta, reaches, hasText, tag, type Args } from "./support/checkout.ts";
import { endpoint } from "./support/shop.ts";

export default {
  ...meta,
  title: "Checkout/Languages",
  args: { ...meta.args, endpoint: endpoint("broken") },
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const speaks = (language: string, retry: string): Story => ({
  args: { language },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await hasText(checkout, "button", retry);
  },
});

export const English: Story = speaks("en", "Try again");
export const Bokmål: Story = speaks("nb", "Prøv igjen");
export const Nynorsk: Story = speaks("nn", "Prøv igjen");
export const Svenska: Story = speaks("sv", "Försök igen");
export const Dansk: Story = speaks("da", "Prøv igen");
export const Suomi: Story = speaks("fi", "Yritä uudelleen");
export const Deutsch: Story = speaks("de", "Erneut versuchen");

/** Without `language`, the nearest `lang` attribute decides. */
export const NearestLang: Story = {
  render: (args) => html`<div lang="sv-SE">${tag(args)}</div>`,
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await hasText(checkout, "button", "Försök igen");
  },
};

/** The whole checkout in the shopper's language, its frame included. */
export const CheckoutInFinnish: Story = {
  args: { language: "fi", endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    await expect(checkout.frame?.contentDocument?.documentElement.lang).toBe("fi");
  },
};

/** Some texts are replaced. */
export const YourOwnTexts: Story = {
  render: (args) => {
    const checkout = document.createElement("dintero-checkout");
    checkout.endpoint = args.endpoint ?? null;
    checkout.checkoutUrl = args["checkout-url"] ?? "";
    checkout.messages = { errorTitle: "Oh no", retry: "Once more, please" };
    return html`${checkout}`;
  },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "error");
    await hasText(checkout, "button", "Once more, please");
  },
};
