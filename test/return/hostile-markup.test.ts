// Clobbered names and polluted prototypes change neither the result nor where a shopper is sent.
import { expect } from "@open-wc/testing";
import { openPage } from "../support/checkout.ts";
import { merchantUrl, requests } from "../support/env.ts";
import { next } from "./support.ts";

const head = '<script src="/dist/cdn/dintero-return.min.js"></script>';
const claim = { transaction_id: "T00000001.tx", merchant_reference: "order-1" };
const pollute = (name: string, value: string) => `<script>Object.prototype["${name}"] = ${value};</script>`;

describe("<dintero-return>, hostile markup", () => {
  afterEach(() => document.body.replaceChildren());

  async function arrive(answer: string, markup: string, before = "") {
    const endpoint = merchantUrl("status", { answer });
    const frame = await openPage({ ...claim, head: before + head, body: markup });
    const element = frame.contentDocument!.createElement("dintero-return");
    element.setAttribute("endpoint", endpoint);
    element.setAttribute("retry-href", "/support/page?cart");
    const result = next(element, "dintero-result");
    frame.contentDocument!.documentElement.append(element);
    return { endpoint, element, result };
  }

  it("<img name=baseURI>: the request reaches the endpoint, and the link leads to the cart", async () => {
    const { element, result } = await arrive('{"status":"failed"}', '<img name="baseURI" alt="">');
    await result;
    await element.updateComplete;
    expect(element.result).to.include({ status: "failed", verified: true });
    const link = element.shadowRoot!.querySelector<HTMLAnchorElement>("a")!;
    expect(link.href).to.equal(new URL("/support/page?cart", location.href).href);
  });

  it("Object.prototype.status: an answer without a status is not paid", async () => {
    const { endpoint, element } = await arrive("{}", pollute("status", '"paid"'));
    // requested twice: the first answer was not accepted
    while ((await requests(endpoint)).length < 2);
    expect(element.result).to.equal(null);
    element.remove();
  });

  it("Object.prototype.transactionId: an answer without a transaction names none", async () => {
    const { element, result } = await arrive(
      '{"status":"paid"}',
      pollute("transactionId", '"T00000001.evil"'),
    );
    await result;
    expect(element.result).to.include({ status: "paid", transactionId: null });
  });

  for (const when of ["before our script", "after it"]) {
    it(`options that the browser and Lit read, polluted ${when}: requested, shown and dispatched all the same`, async () => {
      const polluted = [
        pollute("once", "true"),
        pollute("state", "true"),
        pollute("mode", '"no-cors"'),
        pollute("method", '"POST"'),
        pollute("cancelable", "true"),
        pollute("noAccessor", "true"),
      ].join("");
      const [before, after] = when === "after it" ? ["", polluted] : [polluted, ""];
      const { endpoint, element, result } = await arrive(
        '{"status":"paid","merchantReference":"order-1"}',
        after,
        before,
      );
      const event = await result;
      await element.updateComplete;
      expect(event.cancelable).to.equal(false);
      expect(element.shadowRoot!.textContent).to.contain("Payment received");
      expect((await requests(endpoint)).map(({ method }) => method)).to.deep.equal(["GET"]);
    });
  }
});
