// Clobbered names and polluted prototypes do not change where a shopper is sent. What could freeze the tab is tested
// from outside, in test/pages/hostile-markup.test.ts.
import { expect } from "@open-wc/testing";
import type { DinteroCheckout } from "../../src/index.ts";
import { mountTag, nextEvent, openPage, reached } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";
import { cdnFile } from "../support/load-script.ts";

const sid = "T00000000.abc";
const thanks = new URL("/support/page?thanks", location.href).href;
const outcomes = {
  SessionPaymentAuthorized: { transaction_id: "t", merchant_reference: "m" },
  SessionPaymentError: { error: "failed" },
  SessionCancel: {},
};

async function open(head: string, body = "") {
  const frame = await openPage({ head: `<script src="${cdnFile}"></script>${head}`, body });
  const page = frame.contentDocument!;
  const checkout = new FakeCheckout({ page: frame.contentWindow! });
  const mount = (attributes: Record<string, string>): DinteroCheckout =>
    mountTag({ "checkout-url": checkout.url, ...attributes }, {}, page.documentElement);
  return { frame, page, checkout, mount };
}

const pollute = (name: string, value: string) => `<script>Object.prototype["${name}"] = ${value};</script>`;
const evil = '"/support/page?evil"';

describe("hostile markup", () => {
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
  });
  afterEach(() => {
    console.error = error;
    document.body.replaceChildren();
  });

  for (const name of ["baseURI", "defaultView", "location", "URL"]) {
    for (const [type, fields] of Object.entries(outcomes)) {
      it(`<img name=${name}>: after ${type} the shopper is sent on`, async () => {
        const { frame, checkout, mount } = await open("", `<img name="${name}" alt="">`);
        const element = mount({ "session-id": sid });
        await reached(element, "ready");
        const left = nextEvent(frame, "load", 5000);
        checkout.send({ type, ...fields, href: thanks });
        await left;
        expect(frame.contentWindow!.location.href).to.equal(thanks);
        checkout.stop();
      });
    }
  }

  for (const update of ["first", "later"]) {
    it(`a ${update} update that throws is one error, and start() renders again once its cause is gone`, async () => {
      const checkout = new FakeCheckout();
      const errors: unknown[] = [];
      const element = mountTag({ "checkout-url": checkout.url, "session-id": sid });
      element.addEventListener("dintero-error", (event) => errors.push(event.error.code));
      if (update === "later") await reached(element, "ready");
      element.messages = {
        get loading(): string {
          throw new Error("no such text");
        },
      };
      await reached(element, "error");
      element.messages = { loading: "One moment" };
      element.start();
      await reached(element, "loading");
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector("[part=loading]")!.textContent).to.contain("One moment");
      await reached(element, "ready");
      expect(errors).to.deep.equal(["render-failed"]);
      checkout.stop();
    });
  }

  it("<img name=baseURI>: a request is sent to a relative endpoint, and a relative href is followed", async () => {
    const { frame, checkout, mount } = await open("", '<img name="baseURI" alt="">');
    const element = mount({ endpoint: merchantUrl("session", { answer: `{"id":"${sid}"}` }) });
    await reached(element, "ready", "error");
    expect(element.error).to.equal(null);
    const left = nextEvent(frame, "load", 5000);
    checkout.send({ type: "SessionCancel", href: "/support/page?thanks" });
    await left;
    expect(frame.contentWindow!.location.href).to.equal(thanks);
    checkout.stop();
  });

  for (const [name, value] of [
    ["state", "true"],
    ["attribute", "false"],
    ["noAccessor", "true"],
  ] as const) {
    it(`Object.prototype.${name}: the element still reads its attributes`, async () => {
      const { checkout, mount } = await open(pollute(name, value));
      const element = mount({ endpoint: merchantUrl("session", { answer: `{"id":"${sid}"}` }) });
      await reached(element, "ready", "error");
      expect(element.error).to.equal(null);
      expect(element.endpoint).to.contain("/merchant/");
      checkout.stop();
    });
  }

  for (const mode of ["redirect", "embed"]) {
    it(`Object.prototype.url, mode ${mode}: the checkout's own address is used`, async () => {
      const { checkout, mount } = await open(pollute("url", '"https://evil.example/pay"'));
      checkout.onOpened = () => [];
      const element = mount({
        endpoint: merchantUrl("session", { answer: `{"id":"${sid}"}` }),
        mode: mode === "redirect" ? mode : "auto",
        timeout: "800",
      });
      element.addEventListener("dintero-redirect", (event) => event.preventDefault());
      await element.updateComplete;
      if (mode === "redirect") {
        const redirect = nextEvent(element, "dintero-redirect");
        element.shadowRoot!.querySelector("button")!.click();
        expect((await redirect).url).to.contain(checkout.url);
      } else {
        await reached(element, "error");
        expect(element.shadowRoot!.querySelector("a")!.href).to.contain(checkout.url);
      }
      checkout.stop();
    });
  }

  for (const [type, fields] of Object.entries(outcomes)) {
    it(`Object.prototype.href: after ${type} without one, the page does not navigate`, async () => {
      const { page, frame, checkout, mount } = await open(pollute("href", evil));
      const element = mount({ "session-id": sid });
      await reached(element, "ready");
      const outcome = new Promise<unknown>((resolve) => {
        for (const name of ["dintero-payment", "dintero-payment-error", "dintero-cancel"])
          element.addEventListener(name, (event) => resolve((event as unknown as { href: unknown }).href));
      });
      checkout.send({ type, ...fields });
      expect(await outcome).to.equal(null);
      await checkout.opened(2);
      expect(frame.contentDocument).to.equal(page);
      checkout.stop();
    });
  }

  it("Object.prototype.id: an answer without an id is not taken for a session", async () => {
    const { checkout, mount } = await open(pollute("id", '"T00000000.evil"'));
    const element = mount({ endpoint: merchantUrl("session", { body: "no-id" }) });
    await reached(element, "error", "ready");
    expect(element.error?.code).to.equal("endpoint-invalid");
    expect(await checkout.requests()).to.deep.equal([]);
    checkout.stop();
  });

  it("Object.prototype.message: a refusal without a message shows the general text", async () => {
    const { checkout, mount } = await open(pollute("message", '"Pay at evil.example instead"'));
    const element = mount({ endpoint: merchantUrl("session", { answer: '{"error":{}}', status: 409 }) });
    await reached(element, "error");
    expect(element.shadowRoot!.textContent).not.to.contain("evil.example");
    checkout.stop();
  });

  it("Object.prototype.session: a message without a session means that it expired", async () => {
    const session = '{ order: { amount: 1, currency: "NOK", merchant_reference: "evil" } }';
    const { checkout, mount } = await open(pollute("session", session));
    checkout.onOpened = () => [{ type: "SessionLoaded" }];
    const element = mount({ "session-id": sid });
    await reached(element, "ready", "expired");
    expect(element.state).to.equal("expired");
    checkout.stop();
  });

  it("Object.prototype.order: a session without an order has expired", async () => {
    const { checkout, mount } = await open(pollute("order", "{ amount: 1 }"));
    checkout.onOpened = () => [{ type: "SessionLoaded", session: {} }];
    const element = mount({ "session-id": sid });
    await reached(element, "ready", "expired");
    expect(element.state).to.equal("expired");
    checkout.stop();
  });
});
