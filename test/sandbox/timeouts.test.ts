import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createOrder, createSandbox, pay } from "../../src/sandbox/index.ts";
import { page } from "./merchant.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A merchant who never answers; `called` resolves when a request arrives. */
function unresponsiveMerchant() {
  let reportCall = () => {};
  const called = new Promise<void>((resolve) => (reportCall = resolve));
  const fetch = (_: unknown, init?: RequestInit) =>
    new Promise<Response>((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
      reportCall();
    });
  return { fetch: fetch as typeof globalThis.fetch, called };
}

describe("timeouts", () => {
  test("a merchant has 10 s for a callback", async () => {
    const { fetch, called } = unresponsiveMerchant();
    const sandbox = createSandbox({ fetch });
    const url = { return_url: "https://shop.example/", callback_url: "https://shop.example/callback" };
    await pay(await createOrder(sandbox, { url }));
    await called;
    const tries = () => [...sandbox.deliveries][0]?.attempts.length;
    await vi.advanceTimersByTimeAsync(9999);
    expect(tries()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(tries()).toBe(1);
    expect([...sandbox.deliveries][0]?.attempts[0]?.error).toBe("timeout");
    sandbox.reset();
  });

  test("a merchant has 60 s for an address, which is requested once", async () => {
    const { fetch, called } = unresponsiveMerchant();
    const sandbox = createSandbox({ fetch });
    const express = { shipping_options: [], shipping_address_callback_url: "https://shop.example/address" };
    const { id } = await createOrder(sandbox, { express });
    const answer = page(sandbox, id)("/address", { address: { country: "NO" } });
    await called;
    const settled = vi.fn();
    void answer.then(settled);
    await vi.advanceTimersByTimeAsync(59_999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).body.error.message).toBe("The address callback did not answer (timeout)");
    expect([...sandbox.deliveries]).toMatchObject([{ state: "given-up", attempts: [{ error: "timeout" }] }]);
  });
});
