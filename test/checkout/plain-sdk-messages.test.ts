// What the plain SDK does with messages, handlers and promises.
// Each test shows that the SDK has the problem and that the element does not.
import type { embed } from "@dintero/checkout-web-sdk";
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import {
  mountTag,
  names,
  nextEvent,
  openPage,
  reached,
  recordAll,
  rejection,
  uncaught,
} from "../support/checkout.ts";
import { sdkFile } from "../support/load-script.ts";
import { FakeCheckout, loaded } from "../support/fake-checkout.ts";
import { box, countListeners, plainSdk, settles, sid } from "../support/plain-sdk.ts";

describe("what the plain SDK does with messages, handlers and promises", () => {
  const sdk = plainSdk();

  it("removed before it loaded, its promise and its listeners stay forever", async () => {
    const hung = new FakeCheckout({ fault: "hang" });
    const listeners = countListeners();
    try {
      const container = box();
      const handlers = { onSession() {}, onPayment() {}, onSessionNotFound() {} };
      const pending = sdk.plain({ container, endpoint: hung.url, ...handlers });
      container.remove();
      const left = listeners.live;
      expect(left).to.be.greaterThan(8);

      const element = mountTag({ "session-id": sid, "checkout-url": hung.url });
      await reached(element, "loading");
      while (listeners.live === left) await hung.requests();
      element.remove();
      await reached(element, "idle");
      expect(listeners.live).to.equal(left);
      listeners.stop();
      expect(await settles(pending)).to.equal(false);
    } finally {
      listeners.stop();
      hung.stop();
    }
  });

  it("lockSession() without an answer stays pending and leaves two listeners", async () => {
    const deaf = new FakeCheckout();
    deaf.onReceived = () => [];
    const listeners = countListeners();
    const opened = await sdk.plain({ endpoint: deaf.url, onSession() {} });
    const before = listeners.live;
    const pending = opened.lockSession();
    expect(listeners.live).to.equal(before + 2);
    opened.destroy();
    expect(listeners.live).to.equal(2);
    listeners.stop();
    expect(await settles(pending)).to.equal(false);
    deaf.stop();

    sdk.checkout.onReceived = () => [];
    const element = await sdk.ready();
    const locked = rejection(element.lockSession());
    element.remove();
    expect((await locked).code).to.equal("aborted");
  });

  it("a handler's presence changes what the hosted page does", async () => {
    const opened = async (onValidateSession?: () => void) =>
      new URL((await sdk.plain({ ...(onValidateSession && { onValidateSession }) })).iframe.src).searchParams;
    expect((await opened(() => {})).get("client_side_validation")).to.equal("true");
    expect((await opened()).has("client_side_validation")).to.equal(false);

    const listening = mountTag({ "session-id": sid, "checkout-url": sdk.checkout.url });
    listening.addEventListener("dintero-validate-session", () => {});
    await reached(listening, "ready");
    expect(listening.frame!.src).not.to.contain("client_side");
    const validating = await sdk.ready({ "validate-session": "" });
    expect(validating.frame!.src).to.contain("client_side_validation=true");
    expect(validating.frame!.src).not.to.contain("address_callback");
  });

  it("a handler's rejected promise is not handled, and the payment waits", async function () {
    const frame = await openPage({ head: `<script src="${sdkFile}"></script>` });
    const home = frame.contentWindow as Window & typeof globalThis & { dintero?: { embed: typeof embed } };
    const fake = new FakeCheckout({ page: home });
    const rejected = nextEvent<PromiseRejectionEvent>(home, "unhandledrejection");
    fake.onOpened = () => [{ type: "ValidateSession", session: {} }];
    const onValidateSession = home.eval("(async () => { throw new Error('down'); })") as () => void;
    void home.dintero!.embed({
      container: box(home.document.body),
      sid,
      endpoint: fake.url,
      onValidateSession,
    });
    expect(String((await rejected).reason)).to.contain("down");
    expect(fake.received({ type: "ValidationResult" })).to.deep.equal([]);
    fake.stop();

    const page = uncaught();
    const element = await sdk.ready({ "validate-session": "" });
    element.addEventListener("dintero-validate-session", (event) => {
      event.respondWith(Promise.reject(new Error("down")));
    });
    sdk.checkout.send({ type: "ValidateSession", session: loaded()["session"] });
    expect((await sdk.checkout.receives({ type: "ValidationResult" })).message.success).to.equal(false);
    await reached(element, "ready");
    expect(page.errors).to.deep.equal([]);
    page.stop();
  });

  it("back from a redirect, a page is in the state it was left in", async () => {
    const element = mountTag({ "session-id": sid, mode: "redirect", "checkout-url": sdk.checkout.url });
    element.addEventListener("dintero-redirect", (event) => event.preventDefault());
    await element.updateComplete;
    element.shadowRoot!.querySelector("button")!.click();
    await reached(element, "redirecting");
    // a page without a listener, as with the SDK, stays in that state
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
    expect(element.state).to.equal("redirecting");
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    expect(element.state).to.equal("idle");
  });

  it("an app's payment ends in another tab, and the first tab's frame never learns of it", async () => {
    const outcomes: unknown[] = [];
    await sdk.plain({ onPayment: () => void outcomes.push(1) });
    const element = await sdk.ready();
    const dispatched = recordAll(element);
    const tab = new BroadcastChannel("dintero-checkout");
    const result = {
      type: "result",
      status: "paid",
      sessionId: sid,
      merchantReference: null,
      transactionId: "t",
    };
    tab.postMessage(result);
    tab.postMessage(result);
    await reached(element, "paid");
    tab.close();
    expect(names(dispatched)).to.deep.equal(["payment"]);
    expect(outcomes).to.deep.equal([]);
  });
});
