// What the page and the shopper get when no session can be created, and that the checkout recovers.
import { expect } from "@open-wc/testing";
import type { DinteroCheckoutErrorCode } from "../../src/index.ts";
import { nextEvent, panelButton } from "../support/checkout.ts";
import { merchantUrl, sandboxUrl } from "../support/env.ts";
import { faultyCheckouts, retry, text } from "../support/faults.ts";

const sid = "T00000000.abc";
const shown = (code: DinteroCheckoutErrorCode, sessions: number, panel = retry) =>
  ({ state: "error", event: "error", code, text: panel, sessions }) as const;

describe("faults of the endpoint", () => {
  const open = faultyCheckouts();

  const answers: [string, Record<string, string | number>, DinteroCheckoutErrorCode][] = [
    ["answers 500", { status: 500 }, "endpoint-failed"],
    ["answers 502 with a proxy's page", { status: 502, body: "html" }, "endpoint-failed"],
    ["refuses without a message", { status: 422 }, "endpoint-refused"],
    ["refuses with rubbish", { status: 401, body: "rubbish" }, "endpoint-refused"],
    ["answers rubbish", { body: "rubbish" }, "endpoint-invalid"],
    ["answers with a page", { body: "html" }, "endpoint-invalid"],
    ["answers nothing", { body: "empty" }, "endpoint-invalid"],
    ["answers null", { answer: "null" }, "endpoint-invalid"],
    ["answers a number", { answer: "17" }, "endpoint-invalid"],
    ["answers a list", { answer: "[1]" }, "endpoint-invalid"],
    ["answers without an id", { body: "no-id" }, "endpoint-invalid"],
    ["answers an id that climbs", { body: "bad-id" }, "endpoint-invalid"],
    ["answers an id that is an object", { answer: '{"id":{"a":1}}' }, "endpoint-invalid"],
    ["answers too late", { delay: 2000 }, "endpoint-unreachable"],
    ["never answers", { hang: 1 }, "endpoint-unreachable"],
  ];
  for (const [name, endpoint, code] of answers) {
    it(`it ${name}: ${code}, and the button tries again`, async () => {
      const { shows, clickButton, recovers } = await open({
        endpoint: { ...endpoint, times: 1 },
        ...(code === "endpoint-unreachable" && { elapses: "endpoint" }),
      });
      await shows(shown(code, 1));
      clickButton();
      await recovers({ sessions: 2 });
    });
  }

  it("a refusal shows the merchant's own message, as text", async () => {
    const { shows, clickButton, recovers } = await open({
      endpoint: { status: 409, message: "Sold <b>out</b>, sorry.", times: 1 },
    });
    await shows(shown("endpoint-refused", 1, `Sold <b>out</b>, sorry. | ${text("retry")}`));
    clickButton();
    await recovers({ sessions: 2 });
  });

  it("the message of a 500 is not shown to the shopper", async () => {
    const { shows, clickButton, recovers } = await open({
      endpoint: { status: 500, message: "SELECT * FROM secrets", times: 1 },
    });
    await shows(shown("endpoint-failed", 1));
    clickButton();
    await recovers({ sessions: 2 });
  });

  const addresses: [string, () => string][] = [
    ["is unreachable", () => "http://127.0.0.1:9/session"],
    ["is on another origin without CORS", () => `${sandboxUrl()}/v1/sessions-profile`],
    ["is not a valid URL", () => "http://["],
  ];
  for (const [name, address] of addresses) {
    it(`an address that ${name} is endpoint-unreachable, and another one starts over`, async () => {
      const { element, shows, recovers } = await open({
        endpoint: null,
        attributes: { endpoint: address() },
      });
      await shows(shown("endpoint-unreachable", 0));
      element.setAttribute("endpoint", merchantUrl());
      await recovers({ sessions: 0 });
    });
  }

  const functions: [string, () => Promise<unknown>, DinteroCheckoutErrorCode][] = [
    ["rejects", () => Promise.reject(new Error("no")), "endpoint-failed"],
    [
      "throws",
      () => {
        throw new Error("no");
      },
      "endpoint-failed",
    ],
    ["never settles", () => new Promise(() => {}), "endpoint-unreachable"],
    ["answers nothing", () => Promise.resolve(undefined), "endpoint-invalid"],
  ];
  for (const [name, first, code] of functions) {
    it(`a fetchSession that ${name}: ${code}, and the button calls it again`, async () => {
      let calls = 0;
      const { shows, clickButton, recovers } = await open({
        endpoint: null,
        attributes: code === "endpoint-unreachable" ? { timeout: "300" } : {},
        properties: {
          fetchSession: () => (calls++ === 0 ? first() : Promise.resolve(sid)) as Promise<string>,
        },
      });
      await shows(shown(code, 0));
      clickButton();
      await recovers({ sessions: 0 });
    });
  }

  it("a payload that is not JSON is invalid-payload, and another one starts over", async () => {
    const { element, shows, recovers } = await open({ properties: { payload: { self: 1n } } });
    await shows(shown("invalid-payload", 0));
    element.payload = {};
    await recovers({ sessions: 1 });
  });

  it("neither session nor endpoint is no-session-source, until there is an endpoint", async () => {
    const { element, shows, recovers } = await open({ endpoint: null });
    await shows(shown("no-session-source", 0));
    element.setAttribute("endpoint", merchantUrl());
    await recovers({ sessions: 0 });
  });

  it("a session id that climbs is invalid-session-id, and another one starts over", async () => {
    const { element, shows, recovers } = await open({
      endpoint: null,
      attributes: { "session-id": "../../admin" },
    });
    await shows(shown("invalid-session-id", 0));
    element.setAttribute("session-id", sid);
    await recovers({ sessions: 0 });
  });

  it("a checkout-url that is a script is invalid-checkout-url, and another one starts over", async () => {
    const { element, checkout, shows, recovers } = await open({
      attributes: { "checkout-url": "javascript:alert(1)" },
    });
    await shows(shown("invalid-checkout-url", 0));
    element.setAttribute("checkout-url", checkout.url);
    await recovers({ sessions: 1 });
  });

  it("the panel of a browser that is offline names the cause, and the checkout starts over when it is online", async () => {
    Object.defineProperty(navigator, "onLine", { configurable: true, get: () => false });
    try {
      const { shows, recovers } = await open({ endpoint: { body: "empty", times: 1 } });
      await shows(shown("endpoint-invalid", 1, text("errorTitle", "offline", "retry")));
      Reflect.deleteProperty(navigator, "onLine");
      window.dispatchEvent(new Event("online"));
      await recovers({ sessions: 2 });
    } finally {
      Reflect.deleteProperty(navigator, "onLine");
    }
  });

  it("a page that cancels dintero-error shows the error itself: there is no panel", async () => {
    document.addEventListener("dintero-error", (event) => event.preventDefault(), { once: true });
    const { element, shows, recovers } = await open({ endpoint: { status: 500, times: 1 } });
    await shows(shown("endpoint-failed", 1, ""));
    element.start();
    await recovers({ sessions: 2 });
  });

  it("after five failures in a row the sixth attempt works", async () => {
    const { element, shows, clickButton, recovers } = await open({ endpoint: { status: 503, times: 5 } });
    for (let left = 4; left > 0; left--) {
      const again = nextEvent(element, "dintero-error");
      panelButton(element)!.click();
      await again;
      await element.updateComplete;
    }
    await shows(shown("endpoint-failed", 5));
    clickButton();
    await recovers({ sessions: 6 });
    expect(element.error).to.equal(null);
  });
});
