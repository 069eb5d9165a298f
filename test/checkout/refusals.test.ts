// A refusal is the merchant's message to the shopper: nothing failed to load.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { clear, mountTag, nextEvent, reached, settledHeight } from "../support/checkout.ts";
import { merchantUrl, requests, sandboxUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";

const message = "The blue T-shirt has just sold out.";
const refusal = (steer = {}) => merchantUrl("session", { status: 409, code: "sold-out", message, ...steer });

const textOf = (element: DinteroCheckout): string =>
  element.shadowRoot!.querySelector<HTMLElement>('[part~="error"]')!.innerText.replace(/\s+/g, " ").trim();

describe("refusals", () => {
  let checkout: FakeCheckout;
  const { error } = console;
  beforeEach(() => {
    console.error = () => {};
    checkout = new FakeCheckout();
  });
  afterEach(async () => {
    console.error = error;
    checkout.stop();
    await clear();
  });

  const failed = async (attributes: Record<string, string>): Promise<DinteroCheckout> => {
    const element = mountTag({ "checkout-url": checkout.url, language: "en", ...attributes });
    await reached(element, "error");
    return element;
  };

  for (const language of ["en", "nb", "nn", "sv", "da", "fi", "de"]) {
    it(`${language}: the message is shown, without a title about a loading error`, async () => {
      const general = await failed({ endpoint: merchantUrl("session", { status: 500 }), language });
      const title = general
        .shadowRoot!.querySelector<HTMLElement>('[part~="error"]')!
        .innerText.split("\n")[0]!;
      expect(title).not.to.equal("");
      const refused = await failed({ endpoint: refusal(), language });
      expect(textOf(refused)).to.contain(message);
      expect(textOf(refused)).not.to.contain(title);
      const live = refused.shadowRoot!.querySelector("[role=status], [role=alert], [aria-live]")!;
      expect(live.textContent).to.contain(message).and.not.contain(title);
    });
  }

  for (const status of [400, 402, 403, 404, 410, 422, 429]) {
    it(`${status} with a message is titled as a refusal too`, async () => {
      const element = await failed({ endpoint: refusal({ status }) });
      expect(textOf(element)).to.contain(message).and.not.contain("could not be loaded");
    });
  }

  it("a refusal without a message keeps the general text and title", async () => {
    const element = await failed({ endpoint: merchantUrl("session", { status: 409 }) });
    expect(textOf(element)).to.contain("The payment could not be loaded");
  });

  it("a 500 with a message keeps the general text: only a 4xx message is for the shopper", async () => {
    const element = await failed({ endpoint: merchantUrl("session", { status: 500, message }) });
    expect(textOf(element)).to.contain("The payment could not be loaded").and.not.contain(message);
  });

  it("the same for a redirect that a click has started", async () => {
    const element = mountTag({ endpoint: refusal(), mode: "redirect", language: "en" });
    await element.updateComplete;
    element.shadowRoot!.querySelector("button")!.click();
    await reached(element, "error");
    expect(textOf(element)).to.contain(message).and.not.contain("could not be loaded");
  });

  for (const [name, endpoint] of [
    ["a refusal", () => refusal()],
    ["an endpoint that failed", () => merchantUrl("session", { status: 500 })],
    ["an unusable answer", () => merchantUrl("session", { body: "rubbish" })],
  ] as const) {
    it(`${name}: the panel takes the room that its texts need, as no frame follows`, async () => {
      const element = await failed({ endpoint: endpoint() });
      await settledHeight(element);
      const panel = element.shadowRoot!.querySelector<HTMLElement>('[part~="error"]')!;
      expect(element.offsetHeight).to.be.lessThan(320);
      expect(element.offsetHeight).to.be.at.least(panel.offsetHeight);
    });
  }

  for (const type of ["SessionPaymentError", "SessionCancel"]) {
    it(`after ${type} the panel takes the room that its texts need`, async () => {
      const element = mountTag({ endpoint: merchantUrl(), "checkout-url": checkout.url });
      checkout.onOpened = (nth) =>
        nth === 1
          ? [
              { type: "HeightChanged", height: 900 },
              { type: "SessionLoaded", session: { order: {} } },
            ]
          : [];
      await reached(element, "ready");
      checkout.send({ type });
      await reached(element, "failed", "cancelled");
      await settledHeight(element);
      expect(element.offsetHeight).to.be.lessThan(320);
    });
  }

  it("an expired session's panel takes the room that its texts need", async () => {
    checkout.onOpened = () => [{ type: "SessionNotFound" }];
    const element = mountTag({ endpoint: merchantUrl(), "checkout-url": checkout.url });
    await reached(element, "expired");
    await settledHeight(element);
    expect(element.offsetHeight).to.be.lessThan(320);
  });

  it("a frame that has not answered may still load: its room stays reserved", async () => {
    checkout.onOpened = () => [];
    const element = mountTag({ "session-id": "T00000000.abc", "checkout-url": checkout.url, timeout: "300" });
    await reached(element, "loading");
    const reserved = element.offsetHeight;
    expect(reserved).to.be.greaterThan(320);
    await reached(element, "error");
    expect(element.offsetHeight).to.equal(reserved);
  });

  it("a shop's own min-height is kept", async () => {
    const element = mountTag({ endpoint: refusal(), "checkout-url": checkout.url });
    element.style.setProperty("min-height", "500px");
    await reached(element, "error");
    await settledHeight(element);
    expect(element.offsetHeight).to.be.at.least(500);
  });

  it("trying again after a refusal makes a new request", async () => {
    const endpoint = refusal({ times: 1 });
    const element = mountTag({ endpoint, "checkout-url": sandboxUrl() });
    await reached(element, "error");
    const session = nextEvent(element, "dintero-session");
    element.start();
    await session;
    expect(await requests(endpoint)).to.have.length(2);
  });
});
