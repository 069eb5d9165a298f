// Sessions and addresses that the plain SDK takes for good.
// Each test shows that the SDK has the problem and that the element does not.
import type { embed } from "@dintero/checkout-web-sdk";
import { expect } from "@open-wc/testing";
import type { DinteroCheckout } from "../../src/index.ts";
import "../../src/index.ts";
import { safeHref } from "../../src/elements/href.ts";
import { appears, mountTag, names, nextEvent, openPage, reached, recordAll } from "../support/checkout.ts";
import { cdnFile, sdkFile } from "../support/load-script.ts";
import { merchantUrl } from "../support/env.ts";
import { fakeOrigin, loaded } from "../support/fake-checkout.ts";
import { box, plainSdk, settles, sid, type SdkOptions } from "../support/plain-sdk.ts";

const chromium = navigator.userAgent.includes("Chrome/");
const unreachable = "http://127.0.0.1:9";

describe("sessions and addresses that the plain SDK takes for good", () => {
  const sdk = plainSdk();

  it("a checkout where nothing listens passes for one that loaded", async () => {
    const opened = sdk.plain({ endpoint: unreachable }).then(
      (instance) => instance.iframe.offsetHeight,
      () => "rejected",
    );
    // WebKit reports nothing at all
    const result = chromium || (await settles(opened)) ? await opened : "pending";
    expect(result).to.be.oneOf(chromium ? [0] : [0, "rejected", "pending"]);

    const element = mountTag({ "session-id": sid, "checkout-url": unreachable, timeout: "300" });
    await reached(element, "error");
    expect(element.error!.code).to.equal("frame-unreachable");
  });

  it("a frame that the policy forbids passes for one that loaded", async () => {
    const head = `<script src="${sdkFile}"></script><script src="${cdnFile}"></script>`;
    const page = await openPage({ csp: "frame-src 'none'", head });
    const home = page.contentWindow as Window & { dintero?: { embed: typeof embed } };
    const violated = nextEvent<SecurityPolicyViolationEvent>(home.document, "securitypolicyviolation");
    const embedded = home.dintero!.embed({
      container: box(home.document.body),
      sid,
      endpoint: sdk.checkout.url,
    });
    expect((await violated).effectiveDirective).to.equal("frame-src");
    if (chromium) await embedded;
    else await embedded.catch(() => {});

    const element = mountTag({ "session-id": sid, "checkout-url": sdk.checkout.url }, {}, home.document.body);
    await reached(element, "error");
    expect(element.error!.code).to.equal("frame-blocked");
    expect(element.error!.message).to.contain("frame-src").and.contain(fakeOrigin);
  });

  it("in a container outside of the document its promise stays pending", async () => {
    const pending = sdk.plain({ container: document.createElement("div") });
    expect(await settles(pending)).to.equal(false);

    const element = document.createElement("dintero-checkout");
    element.sessionId = sid;
    element.checkoutUrl = sdk.checkout.url;
    element.start();
    expect(element.frame).to.equal(null);
    document.body.append(element);
    await reached(element, "ready");
  });

  it("its session id can climb the address path, and any href is followed", async () => {
    // never put into the page: the real service is not called
    const container = document.createElement("div");
    void sdk.plain({ container, sid: "../../admin?x", endpoint: "https://checkout.dintero.com" });
    expect(new URL(container.querySelector("iframe")!.src).pathname).to.equal("/admin");

    for (const id of ["x&sid=y#z", "../../admin", "..", "a/b", "a?b"]) {
      const element = mountTag({ "session-id": id, "checkout-url": sdk.checkout.url });
      await reached(element, "error");
      expect(element.error!.code).to.equal("invalid-session-id");
      expect(element.frame).to.equal(null);
    }
    // what the SDK would pass to location.assign unchanged
    expect(safeHref("javascript:alert(1)", document.body)).to.equal(null);
  });

  it("an expired session arrives as not found, or without an order", async () => {
    const sessions: unknown[] = [];
    sdk.checkout.onOpened = () => [loaded({ id: sid }), { type: "SessionNotFound" }];
    await new Promise<void>((resolve) => {
      const onSession = ({ session }: { session: unknown }) => sessions.push(session);
      void sdk.plain({ onSession, onSessionNotFound: () => resolve() } as Partial<SdkOptions>);
    });
    expect(sessions).to.deep.equal([{ id: sid }]);

    for (const message of [loaded({ id: sid }), { type: "SessionNotFound" }]) {
      sdk.checkout.onOpened = () => [message];
      const element = mountTag({ "session-id": sid, "checkout-url": sdk.checkout.url });
      const dispatched = recordAll(element);
      await reached(element, "expired");
      expect(names(dispatched)).to.deep.equal(["session-not-found"]);
      element.remove();
    }
  });

  it("a frame opens the connection while the session is created, unless a policy forbids it", async () => {
    // a preconnect is keyed by the page's own site: the SDK leaves even that to the page
    await sdk.plain();
    expect(document.querySelector("link[rel=preconnect]")).to.equal(null);

    const opener = 'iframe[src$="favicon.ico"]';
    const warm = (element: DinteroCheckout) => element.shadowRoot!.querySelector<HTMLIFrameElement>(opener);
    const element = mountTag({
      endpoint: merchantUrl("session", { delay: 500 }),
      "checkout-url": sdk.checkout.url,
    });
    const frame = await appears<HTMLIFrameElement>(element.shadowRoot!, opener);
    expect(element.state).to.equal("creating");
    expect(frame.src).to.equal(`${sdk.checkout.url}/favicon.ico`);
    expect(frame.getAttribute("sandbox")).to.equal("allow-same-origin");
    expect(frame.hidden).to.equal(true);
    await reached(element, "ready");
    expect(Boolean(warm(element))).to.equal(false);

    const withId = mountTag({ "session-id": sid, "checkout-url": sdk.checkout.url });
    const seen = new Set<unknown>();
    withId.addEventListener("dintero-state", () => seen.add(Boolean(warm(withId))));
    await reached(withId, "ready");
    expect([...seen]).to.deep.equal([false]);

    const page = await openPage({ csp: "frame-src 'none'", head: `<script src="${cdnFile}"></script>` });
    const { document: there } = page.contentWindow!;
    const blocked = mountTag({ endpoint: merchantUrl(), "checkout-url": sdk.checkout.url }, {}, there.body);
    await reached(blocked, "error");
    expect(Boolean(warm(blocked))).to.equal(false);
    expect(blocked.error!.code).to.equal("frame-blocked");
  });
});
