// lockSession(), refreshSession() and updateSession() that fail: the error that they reject with, and the recovery.
import { expect } from "@open-wc/testing";
import { rejection } from "../support/checkout.ts";
import { FakeCheckout, loaded, type Message, order } from "../support/fake-checkout.ts";
import { expiredStartAgain, faultyCheckouts, held } from "../support/faults.ts";
import { holdTimers } from "../support/held-timers.ts";

/** Answers messages of this type with `answers` the first time, and correctly from then on. */
function first(type: string, answers: readonly Message[]) {
  let times = 0;
  const well = new FakeCheckout();
  well.stop();
  return (message: Message) => (message.type === type && times++ === 0 ? answers : well.onReceived(message));
}

/** Starts a call, lets its timeout elapse once `sent` resolves, and resolves with the code it is rejected with. */
async function codeOfTimeout(call: () => Promise<unknown>, sent: () => Promise<unknown>): Promise<string> {
  const timers = holdTimers(Number(held));
  try {
    const rejected = rejection(call());
    await sent();
    timers.elapse();
    return (await rejected).code;
  } finally {
    timers.release();
  }
}

const ready = { state: "ready", event: "session", text: "", sessions: 1 } as const;

describe("faults of a lock", () => {
  const open = faultyCheckouts();

  it("refused by the frame: lock-failed, and the next one works", async () => {
    const { element, shows, recovers } = await open({
      onReceived: first("LockSession", [{ type: "SessionLockFailed" }]),
    });
    expect((await rejection(element.lockSession())).code).to.equal("lock-failed");
    await shows({ ...ready, event: "session-lock-failed" });
    await element.lockSession();
    expect(element.state).to.equal("locked");
    await element.refreshSession();
    await recovers({ sessions: 1 });
  });

  it("without an answer: timeout, and the shopper can go on", async () => {
    const { element, checkout, shows, recovers } = await open({
      onReceived: first("LockSession", []),
      attributes: { timeout: held },
    });
    const lock = () => element.lockSession();
    expect(await codeOfTimeout(lock, () => checkout.receives({ type: "LockSession" }))).to.equal("timeout");
    await shows(ready);
    await element.updateSession(() => {});
    await recovers({ sessions: 1 });
  });

  it("set before the shopper came: lockSession() takes it over", async () => {
    const { element, shows, recovers } = await open({
      onOpened: () => [loaded({ order, pay_lock: { id: "lock-0" } })],
    });
    await element.lockSession();
    await shows({ ...ready, state: "locked", event: "session-locked" });
    await element.refreshSession();
    await recovers({ sessions: 1 });
  });

  it("before there is a checkout: not-ready", async () => {
    const { element, shows, recovers } = await open({ attributes: { trigger: "manual" } });
    expect((await rejection(element.lockSession())).code).to.equal("not-ready");
    await shows({ state: "idle", event: "", text: "", sessions: 0 });
    element.start();
    await recovers({ sessions: 1 });
  });
});

describe("faults of a refresh", () => {
  const open = faultyCheckouts();

  it("without an answer: timeout, and the session stays locked until the next one", async () => {
    const { element, checkout, shows, recovers } = await open({
      onReceived: first("RefreshSession", []),
      attributes: { timeout: held },
    });
    await element.lockSession();
    const refresh = () => element.refreshSession();
    const sent = () => checkout.receives({ type: "RefreshSession" });
    expect(await codeOfTimeout(refresh, sent)).to.equal("timeout");
    await shows({ ...ready, state: "locked", event: "session-locked" });
    await element.refreshSession();
    await recovers({ sessions: 1 });
  });

  it("of a session that is gone: session-not-found, and the button creates another", async () => {
    const { element, shows, clickButton, recovers } = await open({
      onReceived: first("RefreshSession", [{ type: "SessionNotFound" }]),
    });
    expect((await rejection(element.refreshSession())).code).to.equal("session-not-found");
    await shows({ state: "expired", event: "session-not-found", text: expiredStartAgain, sessions: 1 });
    clickButton();
    await recovers({ sessions: 2 });
  });
});

describe("faults of an update", () => {
  const open = faultyCheckouts();

  it("whose function throws: update-failed, and the next one works", async () => {
    const { element, shows, recovers } = await open();
    const update = element.updateSession(() => {
      throw new Error("no");
    });
    expect((await rejection(update)).code).to.equal("update-failed");
    await shows(ready);
    await element.updateSession(() => {});
    await recovers({ sessions: 1 });
  });

  it("whose function never settles: timeout, and the next one works", async () => {
    const { element, shows, recovers } = await open({ attributes: { timeout: held } });
    let started!: () => void;
    const running = new Promise<void>((resolve) => (started = resolve));
    const update = () =>
      element.updateSession(() => {
        started();
        return new Promise<never>(() => {});
      });
    expect(await codeOfTimeout(update, () => running)).to.equal("timeout");
    await shows(ready);
    await element.updateSession(() => {});
    await recovers({ sessions: 1 });
  });

  it("that the merchant's server refuses: update-failed, and the next one works", async () => {
    const { element, shows, recovers } = await open();
    const good = element.endpoint;
    // changed in the same batch and back: nothing starts over
    element.fetchSession = null;
    const update = element.updateSession(async () => {
      const answer = await fetch(`${good}&session_id=T00000000.other`, { method: "PUT", body: "{}" });
      if (!answer.ok) throw new Error(String(answer.status));
    });
    expect((await rejection(update)).code).to.equal("update-failed");
    await shows(ready);
    await element.updateSession(() => {});
    await recovers({ sessions: 1 });
  });

  it("without an endpoint: no-session-source, but a function needs none", async () => {
    const { element, shows, recovers } = await open({
      endpoint: null,
      attributes: { "session-id": "T00000000.abc" },
    });
    expect((await rejection(element.updateSession())).code).to.equal("no-session-source");
    await shows({ ...ready, sessions: 0 });
    await element.updateSession(() => {});
    await recovers({ sessions: 0 });
  });
});
