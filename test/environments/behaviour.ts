import { expect, test, vi } from "vitest";
import manifest from "../../custom-elements.json" with { type: "json" };
import { publicNames, type TagName } from "../support/manifest.ts";

/** What a property is before anybody has set it. */
const defaults = {
  "dintero-checkout": {
    sessionId: null,
    endpoint: null,
    mode: "auto",
    trigger: "load",
    language: null,
    validateSession: false,
    addressCallback: false,
    timeout: 15000,
    credentials: "same-origin",
    checkoutUrl: "https://checkout.dintero.com",
    fetchSession: null,
    messages: null,
  },
  "dintero-return": {
    endpoint: null,
    retryHref: null,
    language: null,
    credentials: "same-origin",
    messages: null,
  },
};

/**
 * What a merchant's own unit tests need where there is no real browser: import, construct, connect, dispatch. Such
 * environments have no `ElementInternals.states`, no layout, and frames that load nothing.
 */
export function behaves(environment: string): void {
  test(`${environment}: importing registers both elements`, async () => {
    await import("../../src/index.ts");
    await import("../../src/return.ts");
    expect(customElements.get("dintero-checkout")).toBeTypeOf("function");
    expect(customElements.get("dintero-return")).toBeTypeOf("function");
  });

  test(`${environment}: a constructed element has its defaults`, () => {
    const elements = {
      "dintero-checkout": document.createElement("dintero-checkout"),
      "dintero-return": document.createElement("dintero-return"),
    };
    for (const [tagName, element] of Object.entries(elements)) {
      const values = publicNames(manifest, tagName as TagName).writable.map((name) => [
        name,
        element[name as keyof typeof element],
      ]);
      // `payload` is undefined, which JSON cannot express.
      expect(Object.fromEntries(values), tagName).toEqual(defaults[tagName as TagName]);
    }
    expect(elements["dintero-checkout"].state).toBe("idle");
    expect(elements["dintero-return"].result).toBe(null);
  });

  test(`${environment}: connected without a source, it reports no-session-source`, async () => {
    const error = vi.spyOn(console, "error").mockReturnValue();
    const element = document.createElement("dintero-checkout");
    const reported = new Promise<string>((resolve) => {
      element.addEventListener("dintero-error", (event) => resolve(event.error.code));
    });
    document.body.append(element);
    expect(await reported).toBe("no-session-source");
    expect(element.state).toBe("error");
    element.remove();
    error.mockRestore();
  });

  test(`${environment}: connected with a fetchSession, it calls it with the payload and opens a frame`, async () => {
    const element = document.createElement("dintero-checkout");
    element.payload = { product: "shirt" };
    // an unreachable address: frames in these environments load nothing
    element.checkoutUrl = "http://127.0.0.1:9";
    let given: unknown;
    element.fetchSession = async ({ payload }) => {
      given = payload;
      return "T00000000.abc";
    };
    const states: string[] = [];
    const loading = new Promise<void>((resolve) => {
      element.addEventListener("dintero-state", ({ state }) => {
        states.push(state);
        if (state === "loading") resolve();
      });
    });
    document.body.append(element);
    await loading;
    expect(given).toEqual({ product: "shirt" });
    expect(states).toEqual(["creating", "loading"]);
    element.remove();
    await Promise.resolve();
    expect(element.state).toBe("idle");
  });

  test(`${environment}: a click on a start button starts it`, async () => {
    const element = document.createElement("dintero-checkout");
    element.trigger = "click";
    element.mode = "redirect";
    element.sessionId = "T00000000.abc";
    document.body.append(element);
    await element.updateComplete;
    const redirect = new Promise<string>((resolve) => {
      element.addEventListener("dintero-redirect", (event) => {
        event.preventDefault();
        resolve(event.url);
      });
    });
    element.shadowRoot!.querySelector("button")!.click();
    expect(await redirect).toContain("T00000000.abc");
    element.remove();
  });

  test(`${environment}: a test of the page can dispatch our events itself`, async () => {
    const { PaymentEvent } = await import("../../src/index.ts");
    const element = document.createElement("dintero-checkout");
    const seen: string[] = [];
    document.body.append(element);
    element.addEventListener("dintero-error", (event) => event.preventDefault());
    element.addEventListener("dintero-payment", (event) => {
      event.preventDefault();
      seen.push(event.transactionId);
    });
    element.dispatchEvent(new PaymentEvent("authorized", "T00000001.tx", "order-1", null));
    expect(seen).toEqual(["T00000001.tx"]);
    element.remove();
  });

  test(`${environment}: <dintero-return> requests the status and dispatches the result`, async () => {
    history.replaceState(null, "", "?transaction_id=T00000001.tx&merchant_reference=order-1");
    const request = vi.fn(async () => Response.json({ status: "paid" }));
    vi.stubGlobal("fetch", request);
    const element = document.createElement("dintero-return");
    element.setAttribute("endpoint", "/api/status");
    const result = new Promise<string>((resolve) => {
      element.addEventListener("dintero-result", (event) => resolve(event.status));
    });
    document.body.append(element);
    expect(await result).toBe("paid");
    expect(request).toHaveBeenCalledOnce();
    element.remove();
    vi.unstubAllGlobals();
  });
}
