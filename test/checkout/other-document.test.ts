// An element of this page in another document: a frame of the same origin, a window, a portal.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { clear, mountTag, nextEvent, openPage, reached } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";

const sid = "T00000000.abc";

/** It works there, outcome included; or the error names the document as the reason. */
async function worksOrReports(element: DinteroCheckout, checkout: FakeCheckout): Promise<void> {
  await reached(element, "ready", "error");
  if (element.state === "error") {
    expect(element.error!.code).to.equal("wrong-document");
    expect(element.error!.message).to.match(/document/);
    return;
  }
  expect(element.frame!.isConnected).to.equal(true);
  checkout.send({ type: "SessionCancel" });
  await reached(element, "cancelled");
}

describe("another document", () => {
  let other: Document;
  let checkout: FakeCheckout;
  const { error } = console;
  beforeEach(async () => {
    console.error = () => {};
    const frame = await openPage({});
    other = frame.contentDocument!;
    checkout = new FakeCheckout({ page: other.defaultView! });
  });
  afterEach(async () => {
    console.error = error;
    checkout.stop();
    await clear();
  });

  for (const mode of ["embed", "pop-out"]) {
    it(`mode ${mode}, put into it when new: works, or the error names the reason`, async () => {
      const element = document.createElement("dintero-checkout");
      element.setAttribute("session-id", sid);
      element.setAttribute("mode", mode);
      element.setAttribute("timeout", "1500");
      element.setAttribute("checkout-url", checkout.url);
      other.body.append(element);
      await worksOrReports(element, checkout);
    });

    it(`mode ${mode}, moved into it while ready: works, or the error names the reason`, async () => {
      const element = mountTag({ "session-id": sid, mode, timeout: "1500", "checkout-url": checkout.url });
      await reached(element, "ready");
      // Without either of them it stays silent, and the test fails.
      const changed = Promise.race([
        nextEvent(element, "dintero-session"),
        nextEvent(element, "dintero-error"),
      ]);
      other.body.append(element);
      await changed;
      await worksOrReports(element, checkout);
    });
  }

  it("moved there and back, it works here", async () => {
    const element = mountTag({ "session-id": sid, timeout: "3000", "checkout-url": checkout.url });
    await reached(element, "ready");
    other.body.append(element);
    await reached(element, "ready", "error");
    document.body.append(element);
    element.restart();
    await reached(element, "ready");
    expect(element.frame!.ownerDocument).to.equal(document);
    checkout.send({ type: "SessionCancel" });
    await reached(element, "cancelled");
  });

  it("a start button put into it: a click works, or the error names the reason", async () => {
    const element = document.createElement("dintero-checkout");
    element.setAttribute("endpoint", merchantUrl("session", { answer: JSON.stringify({ id: sid }) }));
    element.setAttribute("trigger", "click");
    element.setAttribute("timeout", "1500");
    element.setAttribute("checkout-url", checkout.url);
    other.body.append(element);
    await element.updateComplete;
    element.shadowRoot?.querySelector("button")?.click();
    await worksOrReports(element, checkout);
  });
});
