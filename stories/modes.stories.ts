import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { expect, waitFor } from "storybook/test";
import { checkoutIn, inFrame, meta, next, part, reaches, tag, type Args } from "./support/checkout.ts";
import { endpoint, session } from "./support/shop.ts";

export default { ...meta, title: "Checkout/Modes and triggers" } satisfies Meta<Args>;

type Story = StoryObj<Args>;

/** Embeds; where a frame cannot work it redirects, and it never leaves the page without a click. */
export const Auto: Story = {
  args: { endpoint: endpoint("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    await expect(checkout.resolvedMode).toBe("embed");
  },
};

/** Always in the page, without a link to Dintero's full page. */
export const Embed: Story = {
  args: { endpoint: endpoint("paid"), mode: "embed" },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "ready");
  },
};

/** A button that leads to Dintero's page. */
export const Redirect: Story = {
  args: { endpoint: endpoint("paid"), mode: "redirect" },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    const leaving = next(checkout, "dintero-redirect");
    (await part(checkout, "button")).click();
    await expect((await leaving).cancelable).toBe(true);
    await expect(checkout.resolvedMode).toBe("redirect");
  },
};

/** A button of your own; a click on it starts. */
export const RedirectWithYourButton: Story = {
  args: { endpoint: endpoint("paid"), mode: "redirect" },
  render: (args) => tag(args, html`<button slot="button">Pay NOK 299.90</button>`),
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await part(checkout, "button").catch(() => {});
    const leaving = next(checkout, "dintero-redirect");
    canvasElement.querySelector("button")?.click();
    await leaving;
  },
};

/** Dintero's button in the page opens a window to pay in. */
export const PopOut: Story = {
  args: { "session-id": session("pop-out"), mode: "pop-out" },
  async play({ canvasElement }) {
    await reaches(checkoutIn(canvasElement), "ready");
    await waitFor(() => expect(document.querySelector("#dintero-checkout-sdk-launch-pop-out")).toBeVisible());
  },
};

/** The SDK supports one pop-out per document: the second one shows an error. */
export const TwoPopOuts: Story = {
  args: { "session-id": session("pop-out"), mode: "pop-out" },
  render: (args) => html`${tag(args)}${tag({ ...args, "session-id": session("paid") })}`,
  async play({ canvasElement }) {
    const both = [...canvasElement.querySelectorAll("dintero-checkout")];
    // The one that is shown is whose files came first, and a bundler's loader may hand them to the second one first.
    const refused = await Promise.any(both.map((one) => reaches(one, "error").then(() => one)));
    await expect(refused.error?.code).toBe("pop-out-conflict");
    await expect(await part(refused, "message")).toBeVisible();
    const shown = both.find((one) => one !== refused)!;
    await reaches(shown, "ready");
    await expect(shown.error).toBeNull();
    const launchers = () => document.querySelectorAll("#dintero-checkout-sdk-launch-pop-out");
    await waitFor(() => expect(launchers()[0]).toBeVisible());
    await expect(launchers()).toHaveLength(1);
  },
};

/** Starts when it is scrolled into view. */
export const WhenVisible: Story = {
  args: { endpoint: endpoint("paid"), trigger: "visible" },
  render: (args) =>
    html`<p style="min-height: 120vh">Scroll down to the payment.</p>
      ${tag(args)}`,
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await expect(checkout.state).toBe("idle");
    checkout.scrollIntoView();
    await reaches(checkout, "ready");
    checkout.ownerDocument.defaultView?.scrollTo(0, 0);
  },
};

/** Starts on a click on its button. */
export const OnClick: Story = {
  args: { endpoint: endpoint("paid"), trigger: "click" },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    (await part(checkout, "button")).click();
    await reaches(checkout, "ready");
  },
};

/** Starts when the page calls `start()`. */
export const Manual: Story = {
  args: { endpoint: endpoint("paid"), trigger: "manual" },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await checkout.updateComplete;
    await expect(checkout.state).toBe("idle");
    checkout.start();
    await reaches(checkout, "ready");
  },
};

/**
 * The browsers inside apps (Instagram, Facebook) lose windows and app switches. `mode="redirect"` works there, and a
 * form as the fallback works even with scripts off.
 */
export const InAppBrowsers: Story = {
  args: { endpoint: endpoint("paid"), mode: "redirect" },
  render: (args) => tag(args, html`<form method="post" action="/api/checkout"><button>Pay</button></form>`),
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await expect(await part(checkout, "button")).toBeVisible();
    await expect(checkout.querySelector("form")?.checkVisibility()).toBe(false);
  },
};

/**
 * Apple Pay and Google Pay in the frame need the permission `payment`. The frame carries it in its `allow`; a page that
 * sends the header must name the checkout: `Permissions-Policy: payment=(self "https://checkout.dintero.com")`.
 */
export const PermissionsPolicyPayment: Story = {
  name: "Permissions-Policy: payment",
  args: { "session-id": session("paid") },
  async play({ canvasElement }) {
    const checkout = checkoutIn(canvasElement);
    await reaches(checkout, "ready");
    await inFrame(checkout, "#pay");
    await expect(checkout.frame?.allow).toContain("payment");
  },
};
