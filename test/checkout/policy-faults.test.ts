// What a page's Content-Security-Policy forbids, and what page and shopper get then.
import { expect } from "@open-wc/testing";
import { panelButton, reached } from "../support/checkout.ts";
import { fakeOrigin } from "../support/fake-checkout.ts";
import { faultyCheckouts, retry, retryOrFullPage } from "../support/faults.ts";

describe("faults of the page's policy", () => {
  const open = faultyCheckouts();

  for (const csp of [
    "frame-src 'none'",
    "frame-src 'self'",
    "child-src 'self'",
    "default-src 'self'; connect-src *",
  ]) {
    it(`${csp} is frame-blocked: the full page is offered, and trying again does no harm`, async () => {
      const { element, shows, recovers } = await open({ policy: { csp } });
      await shows({
        state: "error",
        event: "error",
        code: "frame-blocked",
        text: retryOrFullPage,
        sessions: 1,
      });
      expect(element.shadowRoot!.querySelector("a")!.href).to.match(/\/v1\/view\/T\d{8}\./);
      panelButton(element)!.click();
      await reached(element, "loading");
      await reached(element, "error");
      await recovers({ sessions: 1, text: retryOrFullPage });
    });
  }

  it("connect-src 'none' is endpoint-unreachable, and a session from the page's server needs no request", async () => {
    const { element, shows, recovers } = await open({ policy: { csp: "connect-src 'none'" } });
    await shows({ state: "error", event: "error", code: "endpoint-unreachable", text: retry, sessions: 0 });
    element.setAttribute("session-id", "T00000000.abc");
    await recovers({ sessions: 0 });
  });

  const harmless: [string, Record<string, string>][] = [
    ["frame-src 'none' that is only reported", { "report-only": "frame-src 'none'" }],
    [
      "style-src 'self' with trusted types",
      {
        csp: `default-src 'self'; frame-src ${fakeOrigin}; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html`,
      },
    ],
  ];
  for (const [name, policy] of harmless) {
    it(`${name} does no harm`, async () => {
      const { shows, recovers } = await open({ policy });
      await shows({ state: "ready", event: "session", text: "", sessions: 1 });
      await recovers({ sessions: 1 });
    });
  }
});
