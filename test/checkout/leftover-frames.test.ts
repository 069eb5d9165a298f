// An attempt that has ended leaves no frame behind: not the one of the checkout, and not the hidden one that opened the
// connection (which never fires "load" where the checkout answers it with 204).
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { clear, mountTag, nextEvent, reached } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";

/** All frames of the document and of the element. */
function frames(element: DinteroCheckout): string[] {
  const roots: ParentNode[] = [document, element, element.shadowRoot!];
  return [...new Set(roots.flatMap((root) => [...root.querySelectorAll("iframe")]))].map(({ src }) => src);
}

describe("left behind", () => {
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

  const failures: Readonly<Record<string, () => Parameters<typeof mountTag>>> = {
    "a refusal": () => [{ endpoint: merchantUrl("session", { status: 409, message: "Sold out." }) }],
    "a server's error": () => [{ endpoint: merchantUrl("session", { status: 500 }) }],
    "an unusable answer": () => [{ endpoint: merchantUrl("session", { body: "rubbish" }) }],
    "an answer with an unusable id": () => [{ endpoint: merchantUrl("session", { body: "bad-id" }) }],
    "an endpoint that hangs": () => [{ endpoint: merchantUrl("session", { hang: 1 }), timeout: "300" }],
    "an endpoint that is unreachable": () => [{ endpoint: "http://127.0.0.1:9/none" }],
    "a fetchSession that rejects": () => [{}, { fetchSession: () => Promise.reject(new Error("down")) }],
    "a fetchSession that never settles": () => [
      { timeout: "300" },
      { fetchSession: () => new Promise<string>(() => {}) },
    ],
  };
  for (const [name, arguments_] of Object.entries(failures)) {
    for (const mode of ["embed", "pop-out"]) {
      it(`${name}, mode ${mode}: no frame is left`, async () => {
        const [attributes, properties] = arguments_();
        const element = mountTag({ "checkout-url": checkout.url, mode, ...attributes }, properties);
        await reached(element, "error");
        expect(frames(element)).to.deep.equal([]);
      });
    }
  }

  it("a removal while the session is created: no frame is left", async () => {
    const element = mountTag({ endpoint: merchantUrl("session", { hang: 1 }), "checkout-url": checkout.url });
    await reached(element, "creating");
    element.remove();
    await Promise.resolve();
    expect(frames(element)).to.deep.equal([]);
  });

  it("a second try that works: the checkout's frame is the only one", async () => {
    const endpoint = merchantUrl("session", { status: 500, times: 1 });
    const element = mountTag({ endpoint, "checkout-url": checkout.url });
    await reached(element, "error");
    element.start();
    await reached(element, "ready");
    expect(frames(element)).to.deep.equal([element.frame!.src]);
  });

  it("starting over while the session is created: the checkout's frame is the only one", async () => {
    const element = mountTag({ endpoint: merchantUrl("session", { hang: 1 }), "checkout-url": checkout.url });
    await reached(element, "creating");
    element.endpoint = merchantUrl();
    await nextEvent(element, "dintero-session");
    await reached(element, "ready");
    expect(frames(element)).to.deep.equal([element.frame!.src]);
  });
});
