// The error codes of updates that fail or are aborted.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import { clear, mountTag, reached, rejection } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";

const endpointOf = (steer: Record<string, string | number>) => merchantUrl("session", steer);

describe("codes of updates", () => {
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

  /** Ready to pay, with an endpoint that is used for updates alone. */
  async function ready(endpoint: string, attributes: Record<string, string> = {}) {
    const element = mountTag(
      { "checkout-url": checkout.url, endpoint, ...attributes },
      { fetchSession: async () => "T00000000.abc" },
    );
    await reached(element, "ready");
    return element;
  }

  it("a PUT that hangs is update-failed, and the checkout is refreshed", async () => {
    const element = await ready(endpointOf({ hang: 1 }), { timeout: "600" });
    const reason = await rejection(element.updateSession());
    expect(reason.code).to.equal("update-failed");
    expect(reason.message).to.contain("PUT").and.contain("600");
    await checkout.receives({ type: "RefreshSession" });
  });

  it("a PUT that is refused is update-failed with its status", async () => {
    const element = await ready(endpointOf({ status: 422 }));
    const reason = await rejection(element.updateSession());
    expect(reason.code).to.equal("update-failed");
    expect(reason.status).to.equal(422);
  });

  it("a lock that is not answered is still timeout", async () => {
    const element = await ready(endpointOf({ answer: "{}" }), { timeout: "600" });
    checkout.onReceived = () => [];
    expect((await rejection(element.updateSession())).code).to.equal("timeout");
  });

  it("at removal, the update that runs and the one that waits are aborted", async () => {
    const element = await ready(endpointOf({ hang: 1 }));
    const running = rejection(element.updateSession());
    const waiting = rejection(element.updateSession());
    const merged = rejection(element.updateSession());
    await checkout.receives({ type: "LockSession" });
    element.remove();
    const codes = (await Promise.all([running, waiting, merged])).map(({ code }) => code);
    expect(codes).to.deep.equal(["aborted", "aborted", "aborted"]);
  });

  it("at a new start, the update that waits is aborted, and does not change the new session", async () => {
    const element = await ready(endpointOf({ hang: 1 }));
    const running = rejection(element.updateSession());
    const waiting = rejection(element.updateSession());
    await checkout.receives({ type: "LockSession" });
    element.restart();
    expect((await running).code).to.equal("aborted");
    expect((await waiting).code).to.equal("aborted");
    await reached(element, "ready");
    expect(checkout.received({ type: "LockSession" })).to.have.length(1);
  });

  it("lockSession() and refreshSession() at removal are aborted too", async () => {
    const element = await ready(endpointOf({ answer: "{}" }));
    checkout.onReceived = () => [];
    const reasons = [rejection(element.lockSession()), rejection(element.refreshSession())];
    element.remove();
    expect((await Promise.all(reasons)).map(({ code }) => code)).to.deep.equal(["aborted", "aborted"]);
  });
});
