// A base URL with a user name and a password in it. test/pages/address-with-password.test.ts visits such an address;
// here a <base> element stands in for it, in every engine.
import { expect } from "@open-wc/testing";
import { mountTag, openPage, reached, rejection } from "../support/checkout.ts";
import { merchantUrl, requests } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";
import { cdnFile } from "../support/load-script.ts";

const base = `<base href="${location.origin.replace("//", "//staff:pa55word@")}/shop/">`;

describe("address with a password", () => {
  afterEach(() => document.body.replaceChildren());

  async function open(attributes: Record<string, string>) {
    const frame = await openPage({ head: `<script src="${cdnFile}"></script>${base}` });
    const checkout = new FakeCheckout({ page: frame.contentWindow! });
    const element = mountTag(
      { "checkout-url": checkout.url, ...attributes },
      {},
      frame.contentDocument!.body,
    );
    return { checkout, element };
  }

  it("a request is sent to a relative endpoint", async () => {
    const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
    const { checkout, element } = await open({ endpoint });
    await reached(element, "ready", "error");
    expect(element.error?.message).to.equal(undefined);
    checkout.stop();
  });

  it("an update reaches it too", async () => {
    const endpoint = merchantUrl("session", { answer: '{"id":"T00000000.abc"}' });
    const { checkout, element } = await open({ endpoint });
    await reached(element, "ready", "error");
    await element.updateSession();
    expect((await requests(endpoint)).map(({ method }) => method)).to.deep.equal(["POST", "PUT"]);
    checkout.stop();
  });

  it("errors name the endpoint without the password", async () => {
    const { error } = console;
    const logged: unknown[] = [];
    console.error = (...texts: unknown[]) => void logged.push(...texts);
    const refused = await open({ endpoint: merchantUrl("session", { status: 500 }) });
    await reached(refused.element, "error");
    console.error = error;
    expect(refused.element.error!.code).to.equal("endpoint-failed");
    expect(refused.element.error!.message + logged.join()).not.to.contain("pa55word");
    refused.checkout.stop();
  });

  it("an endpoint with a password is an error that leaves the password out, and no request is sent", async () => {
    const { error } = console;
    console.error = () => {};
    const endpoint = new URL(merchantUrl(), location.href).href.replace("//", "//staff:pa55word@");
    const { checkout, element } = await open({ endpoint });
    await reached(element, "error", "ready");
    console.error = error;
    expect(String(element.error?.message)).not.to.contain("pa55word");
    checkout.stop();
  });

  it("an update that fails names the endpoint without the password", async () => {
    const endpoint = merchantUrl("session", { status: 500 });
    const { checkout, element } = await open({});
    element.endpoint = endpoint;
    element.fetchSession = async () => "T00000000.abc";
    element.start();
    await reached(element, "ready");
    expect((await rejection(element.updateSession())).message).not.to.contain("pa55word");
    checkout.stop();
  });
});
