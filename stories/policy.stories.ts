import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html } from "lit";
import { expect, waitFor } from "storybook/test";
import type { DinteroCheckout } from "../src/checkout/dintero-checkout.ts";

interface Args {
  readonly page: string;
}

/** A page with a policy of its own, in a frame. It uses the CDN file. */
export default {
  title: "Checkout/Strict CSP",
  argTypes: { page: { control: false } },
  render: ({ page }) =>
    html`<iframe
      title="A page with a policy"
      src=${new URL(`pages/${page}.html`, document.baseURI).href}
      style="width: 100%; height: 46rem; border: 0"
    ></iframe>`,
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

async function reaches(canvas: HTMLElement, state: string): Promise<DinteroCheckout> {
  return waitFor(() => {
    const page = canvas.querySelector("iframe")?.contentDocument;
    const checkout = page?.querySelector<DinteroCheckout>("dintero-checkout");
    if (checkout?.state !== state) throw new Error(`It is ${checkout?.state}, not ${state}.`);
    return checkout;
  });
}

/** `default-src 'none'; script-src 'self'; frame-src …`: nothing inline is allowed, and the frame has its full height. */
export const NothingInline: Story = {
  args: { page: "strict-csp" },
  async play({ canvasElement }) {
    const checkout = await reaches(canvasElement, "ready");
    await waitFor(() => expect(checkout.frame?.offsetHeight).toBeGreaterThan(200));
  },
};

/** `frame-src` does not name the checkout: the element reports it at once. */
export const FrameIsBlocked: Story = {
  args: { page: "blocked-frame" },
  async play({ canvasElement }) {
    const checkout = await reaches(canvasElement, "error");
    await expect(checkout.error?.code).toBe("frame-blocked");
  },
};
