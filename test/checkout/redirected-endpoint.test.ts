// An endpoint that answers with a redirect: 301 and 302 turn the POST into a GET and drop the payload, 307 and 308 keep
// both. Frameworks redirect for a slash at the end, servers for https and www.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import { clear, mountTag, reached, rejection } from "../support/checkout.ts";
import { merchantUrl, requests, sandboxUrl } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";

const session = '{"id":"T00000000.abc"}';

describe("redirected endpoint", () => {
  let checkout: FakeCheckout;
  const { error, warn } = console;
  let warnings: string[];
  beforeEach(() => {
    checkout = new FakeCheckout();
    warnings = [];
    console.warn = (...texts: unknown[]) => void warnings.push(texts.join(" "));
    console.error = () => {};
  });
  afterEach(async () => {
    Object.assign(console, { error, warn });
    checkout.stop();
    await clear();
  });

  for (const status of [301, 302, 303]) {
    it(`${status}: the error names the redirect and the address to use`, async () => {
      // after the redirect it is a GET, which the session handler refuses with 405
      const endpoint = merchantUrl("session", { redirect: status });
      const element = mountTag({ endpoint, "checkout-url": sandboxUrl() });
      await reached(element, "error", "ready");
      const { message } = element.error!;
      expect(message).to.contain("redirect");
      expect(message).to.contain("redirected=yes");
      expect(message, "it was no POST that was answered").not.to.match(
        /POST[^,;.]*redirected=yes[^,;.]* answered 405/,
      );
    });

    it(`${status} to an address that answers a GET with a session: it works, and the console warns`, async () => {
      const endpoint = merchantUrl("session", { redirect: status, answer: session });
      const element = mountTag({ endpoint, "checkout-url": checkout.url });
      await reached(element, "ready", "error");
      expect(element.state).to.equal("ready");
      expect(warnings.join("\n")).to.contain("redirect").and.contain("redirected=yes");
    });

    it(`${status} to a page of HTML, a sign-in for instance: the error names the redirect`, async () => {
      const endpoint = merchantUrl("session", { redirect: status, body: "html" });
      const element = mountTag({ endpoint, "checkout-url": checkout.url });
      await reached(element, "error", "ready");
      expect(element.error!.message).to.contain("redirect").and.contain("redirected=yes");
    });
  }

  for (const status of [307, 308]) {
    it(`${status}: works with its payload`, async () => {
      const endpoint = merchantUrl("session", { redirect: status });
      const element = mountTag({ endpoint, "checkout-url": sandboxUrl() }, { payload: { product: "shirt" } });
      await reached(element, "ready", "error");
      expect(element.state).to.equal("ready");
      const [, second] = await requests(endpoint);
      expect(second).to.include({ method: "POST", body: '{"product":"shirt"}' });
    });

    it(`${status} to an address that refuses: the error names the redirect too`, async () => {
      const endpoint = merchantUrl("session", { redirect: status, answer: '{"error":{}}', status: 404 });
      const element = mountTag({ endpoint, "checkout-url": checkout.url });
      await reached(element, "error", "ready");
      expect(element.error!.message).to.contain("redirect").and.contain("redirected=yes");
    });
  }

  it("an update that is redirected and then refused: the error names the redirect", async () => {
    const answers = { redirect: 302, answer: '{"error":{}}', status: 405 };
    const endpoint = merchantUrl("session", answers);
    const element = mountTag(
      { "checkout-url": checkout.url, endpoint },
      { fetchSession: async () => "T00000000.abc" },
    );
    await reached(element, "ready", "error");
    const reason = await rejection(element.updateSession());
    expect(reason.code).to.equal("update-failed");
    expect(reason.message).to.contain("redirect").and.contain("redirected=yes");
  });
});
