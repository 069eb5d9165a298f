import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { html, nothing, type TemplateResult } from "lit";
import { expect } from "storybook/test";
import type { DinteroReturn } from "../src/return/dintero-return.ts";
import type { ReturnStatus } from "../src/return/return-state.ts";
import { cancel, createOrder, decline, hold, pay } from "../src/sandbox/index.ts";
import { controls } from "./support/controls.ts";
import { resetShop, sandbox } from "./support/shop.ts";

interface Args {
  endpoint?: string;
  "retry-href"?: string;
  language?: string;
  credentials?: string;
}

/** The parameters that Dintero would add to the `return_url`. */
type Claim = () => Promise<Readonly<Record<string, string>>>;

const tag = (args: Args, inside: TemplateResult | typeof nothing = nothing) =>
  html`<dintero-return
    endpoint=${args.endpoint ?? nothing}
    retry-href=${args["retry-href"] ?? nothing}
    language=${args.language ?? nothing}
    credentials=${args.credentials ?? nothing}
    >${inside}</dintero-return
  >`;

/** Each story adds to its address what Dintero adds to the `return_url`; the endpoint reads the sandbox. */
export default {
  title: "Return page/Results",
  component: "dintero-return",
  tags: ["autodocs"],
  argTypes: controls("dintero-return"),
  args: { endpoint: "/api/checkout/status", "retry-href": "#cart" },
  render: (args) => tag(args),
  // each has an address of its own
  parameters: { docs: { story: { inline: false, height: "260px" } } },
} satisfies Meta<Args>;

type Story = StoryObj<Args>;

const order = () => createOrder(sandbox);
const transaction = ({ id, merchant_reference }: { id: string; merchant_reference: string }) => ({
  ...{ transaction_id: id, merchant_reference },
});

/** A story of a shopper who comes back with these parameters. */
function returns(claim: Claim, status: ReturnStatus, verified = true): Story {
  return {
    async beforeEach() {
      resetShop();
      const before = location.href;
      const address = new URL(before);
      for (const name of ["transaction_id", "merchant_reference", "error"]) address.searchParams.delete(name);
      sessionStorage.removeItem(`dintero-return:${address.href}`);
      for (const [name, value] of Object.entries(await claim())) address.searchParams.set(name, value);
      history.replaceState(history.state, "", address);
      return () => history.replaceState(history.state, "", before);
    },
    async play({ canvasElement }) {
      const page = canvasElement.querySelector<DinteroReturn>("dintero-return")!;
      if (page.result?.status !== status) {
        await new Promise((resolve) => page.addEventListener("dintero-result", resolve, { once: true }));
      }
      await page.updateComplete;
      await expect(page.result).toMatchObject({ status, verified });
      await expect(page.matches(`:state(${status})`)).toBe(true);
    },
  };
}

export const Paid: Story = returns(async () => transaction(await pay(await order())), "paid");

export const OnHold: Story = returns(async () => transaction(await hold(await order())), "on-hold");

export const Failed: Story = returns(async () => transaction(await decline(await order())), "failed");

export const Cancelled: Story = returns(
  async () => {
    const session = await cancel(await order());
    return { error: "cancelled", merchant_reference: session.order.merchant_reference };
  },
  "cancelled",
  false,
);

/** Without `endpoint` the page shows what its address claims, and `verified` is false. */
export const NotVerified: Story = {
  ...returns(async () => ({ transaction_id: "T1.abc", merchant_reference: "order-001" }), "paid", false),
  args: { endpoint: undefined as never },
};

/** The endpoint has not answered yet. */
export const Pending: Story = {
  ...returns(
    async () => ({ transaction_id: "T00000000.nobody", merchant_reference: "order-001" }),
    "pending",
  ),
  async play({ canvasElement }) {
    const page = canvasElement.querySelector<DinteroReturn>("dintero-return")!;
    await page.updateComplete;
    await expect(page.matches(":state(pending)")).toBe(true);
    await expect(page.result).toBe(null);
  },
};

/** In Norwegian, with your own text for a paid order. */
export const YourOwnText: Story = {
  ...returns(async () => transaction(await pay(await order())), "paid"),
  render: (args) =>
    html`<div lang="nb">${tag(args, html`<p slot="paid">Takk! Vi pakker allerede.</p>`)}</div>`,
};
