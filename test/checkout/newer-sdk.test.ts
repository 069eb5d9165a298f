// The runner gives this file test/support/sdk-from-tomorrow.ts for @dintero/checkout-web-sdk.
import { expect } from "@open-wc/testing";
import type { RedirectEvent } from "../../src/index.ts";
import { clear, handled, here, mountReady, names, nextEvent, record, wentTo } from "../support/checkout.ts";
import { session } from "../support/checkout.ts";
import { holdTimers } from "../support/held-timers.ts";

describe("messages of newer SDKs", () => {
  const { warn } = console;
  afterEach(async () => {
    console.warn = warn;
    await clear();
  });

  it("TopLevelNavigation is dispatched as dintero-redirect first, then followed", async () => {
    const { element, page } = await mountReady();
    const redirect = nextEvent<RedirectEvent>(element, "dintero-redirect", 3000);
    page.send({ type: "TopLevelNavigation", href: here("bank") });
    expect((await redirect).url).to.equal(here("bank"));
    await wentTo("bank");
  });

  it("a TopLevelNavigation that the page prevents is not followed", async () => {
    const { element, page } = await mountReady();
    element.addEventListener("dintero-redirect", (event) => event.preventDefault());
    const redirect = nextEvent<RedirectEvent>(element, "dintero-redirect", 3000);
    page.send({ type: "TopLevelNavigation", href: here("bank") });
    await redirect;
    await handled(element, page);
    expect(location.hash).to.equal("");
  });

  for (const href of [
    "javascript:window.hacked=1",
    " JavaScript:window.hacked=1",
    "data:text/html,hello",
    "blob:http://localhost/1",
    "vbscript:hello",
    "file:///etc/passwd",
    "http://",
  ]) {
    it(`a TopLevelNavigation to "${href}" is not followed and is unsafe-href`, async () => {
      const { element, page } = await mountReady();
      const events = record(element);
      const { error } = console;
      console.error = () => {};
      page.send({ type: "TopLevelNavigation", href });
      await handled(element, page);
      console.error = error;
      expect(names(events)).to.deep.equal(["error", "payment-type"]);
      expect(element.error!.code).to.equal("unsafe-href");
      expect(element.state).to.equal("ready");
      expect(window).not.to.have.property("hacked");
    });
  }

  for (const href of [undefined, null, "", 7, {}]) {
    it(`a TopLevelNavigation to ${JSON.stringify(href)} goes nowhere`, async () => {
      const { element, page } = await mountReady();
      const { href: before } = location;
      page.send({ type: "TopLevelNavigation", href });
      await handled(element, page);
      expect(location.href).to.equal(before);
      expect(element.state).to.equal("ready");
    });
  }

  it("a TopLevelNavigation after the payment is checked as well", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" });
    await nextEvent(element, "dintero-payment");
    await page.opened(2);
    page.send({ type: "TopLevelNavigation", href: "javascript:window.hacked=2", mid: "after" });
    await page.receives({ ack: "after" });
    expect(window).not.to.have.property("hacked");
    expect(element.state).to.equal("paid");
  });

  it("another frame's TopLevelNavigation is ignored", async () => {
    const { element, page, sid } = await mountReady();
    const events = record(element);
    window.postMessage({ type: "TopLevelNavigation", href: here("forged"), sid }, "*");
    await handled(element, page);
    expect(names(events)).to.deep.equal(["payment-type"]);
    expect(location.hash).to.equal("");
  });

  it("an address that no listener answers for is refused, and the console names the address", async () => {
    const warnings: string[] = [];
    console.warn = (...texts: unknown[]) => void warnings.push(texts.join(" "));
    const { page } = await mountReady({ addressCallback: true });
    page.send({ type: "AddressCallback", session });
    await page.receives({ type: "AddressCallbackResult", success: false });
    expect(warnings.join("\n")).to.contain("address").and.not.contain("payment");
  });

  it("an address whose answer comes too late is refused, and the console names the address", async () => {
    const warnings: string[] = [];
    console.warn = (...texts: unknown[]) => void warnings.push(texts.join(" "));
    const { element, page } = await mountReady({ addressCallback: true });
    const timers = holdTimers(30_000);
    element.addEventListener("dintero-address-callback", (event) =>
      event.respondWith(new Promise<boolean>(() => {})),
    );
    const question = nextEvent(element, "dintero-address-callback");
    page.send({ type: "AddressCallback", session });
    await question;
    timers.elapse();
    timers.release();
    await page.receives({ type: "AddressCallbackResult", success: false });
    expect(warnings.join("\n")).to.contain("address").and.not.contain("payment");
  });
});
