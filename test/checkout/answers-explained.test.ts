// What the console says of an answer that is no session: which status and code, and what leads to the fix.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckoutError } from "../../src/index.ts";
import { clear, mount, mountReady, reached, rejection } from "../support/checkout.ts";
import { merchantUrl } from "../support/env.ts";

describe("an answer of the endpoint that is no session", () => {
  const { error } = console;
  let logged: string;
  beforeEach(() => {
    logged = "";
    console.error = (line) => void (logged += line);
  });
  afterEach(async () => {
    console.error = error;
    await clear();
  });

  async function failure(endpoint: string): Promise<DinteroCheckoutError> {
    const element = mount({ endpoint });
    await reached(element, "error");
    expect(logged).to.contain(element.error!.message);
    return element.error!;
  }

  for (const [status, code] of [
    [502, "unavailable"],
    [500, "body-consumed"],
    [409, "sold-out"],
  ] as const) {
    it(`${status} ${code}: status and code are named`, async () => {
      const { message } = await failure(merchantUrl("session", { status, code }));
      expect(message).to.contain(` answered ${status}, ${code}.`);
    });
  }

  for (const [name, steer] of [
    ["404 with a page", { status: 404, body: "html" }],
    ["405 of a static server", { status: 405, body: "html" }],
    ["404 without a body", { status: 404, body: "empty" }],
    ["404 of a framework's router", { status: 404, answer: '{"statusCode":404,"error":"Not Found"}' }],
    ["404 of another one", { status: 404, answer: '{"message":"Cannot POST /api/checkout"}' }],
  ] as const) {
    it(`${name}: nothing there takes POST`, async () => {
      const { message } = await failure(merchantUrl("session", steer));
      expect(message).to.contain("Nothing there takes POST");
    });
  }

  it("a 404 of the merchant is the merchant's, and does not say so", async () => {
    const { message } = await failure(merchantUrl("session", { status: 404, code: "no-such-cart" }));
    expect(message).to.contain(" answered 404, no-such-cart.").and.not.contain("Nothing there");
  });

  it("an update: nothing there takes PUT", async () => {
    const endpoint = merchantUrl("session", { status: 404, body: "html" });
    const { element, page } = await mountReady({ endpoint });
    const update = rejection(element.updateSession());
    void page.receives({ type: "LockSession" }).then(() => page.send({ type: "SessionLocked" }));
    void page
      .receives({ type: "RefreshSession" })
      .then(() => page.send({ type: "SessionUpdated", session: { order: { amount: 1, currency: "NOK" } } }));
    expect((await update).message).to.contain("Nothing there takes PUT");
  });

  it("403 forbidden of our handler: the page's origin, and where to allow it", async () => {
    const { message } = await failure(merchantUrl("session", { status: 403, code: "forbidden" }));
    expect(message).to.contain(location.origin).and.contain("allowedOrigins");
  });

  it("403 of the merchant: no word about origins", async () => {
    const { message } = await failure(merchantUrl("session", { status: 403, code: "not-your-cart" }));
    expect(message).not.to.contain("allowedOrigins");
  });

  it("200 with a page: the type is named", async () => {
    const { message, code } = await failure(merchantUrl("session", { body: "html" }));
    expect(code).to.equal("endpoint-invalid");
    expect(message).to.contain("not with JSON but text/html");
  });

  it("no answer from another origin: that origin, and what it has to allow", async () => {
    const { message, code } = await failure("http://127.0.0.1:9/api/checkout");
    expect(code).to.equal("endpoint-unreachable");
    expect(message)
      .to.contain("http://127.0.0.1:9")
      .and.contain(`allowedOrigins`)
      .and.contain(location.origin);
  });
});
