import { emulateMedia, sendKeys } from "@web/test-runner-commands";
import { expect } from "@open-wc/testing";
import type axeCore from "axe-core";
import { announceResult } from "../../src/elements/result-channel.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { checkout as en } from "../../src/messages/en.ts";
import {
  appears,
  clear,
  handled,
  mount,
  mountFake,
  mountReady,
  nextEvent,
  panelText,
  reached,
  session,
} from "../support/checkout.ts";
import { merchantUrl, sandboxUrl } from "../support/env.ts";

await import(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url).href);
const { axe } = window as unknown as { axe: typeof axeCore };

/** Brings the element into each state that a shopper can see. */
const views: Record<string, () => Promise<DinteroCheckout>> = {
  "the button": async () => mount({ sessionId: "T12345678.abc", trigger: "click" }),
  creating: async () => {
    const element = mount({ fetchSession: () => new Promise(() => {}) });
    await reached(element, "creating");
    return element;
  },
  loading: async () => (await mountFake()).element,
  ready: async () => (await mountReady()).element,
  locked: async () => {
    const { element, page } = await mountReady();
    page.send({ type: "SessionLocked", pay_lock_id: "lock-1" });
    await reached(element, "locked");
    return element;
  },
  validating: async () => {
    const { element, page } = await mountReady({ validateSession: true });
    element.addEventListener("dintero-validate-session", (event) => event.respondWith(new Promise(() => {})));
    page.send({ type: "ValidateSession", session });
    await reached(element, "validating");
    return element;
  },
  redirecting: async () => {
    // The language goes into the url: with it in the page's own address, going there stays here.
    const here = new URL(location.href);
    here.searchParams.set("language", "en");
    history.replaceState(history.state, "", here);
    const url = new URL("#leaving", here).href;
    const element = mount({
      mode: "redirect",
      trigger: "load",
      language: "en",
      fetchSession: async () => ({ id: "T12345678.abc", url }),
    });
    await reached(element, "redirecting");
    return element;
  },
  error: async () => {
    const element = mount({ endpoint: merchantUrl("session", { status: 500 }) });
    await reached(element, "error");
    return element;
  },
  "error with a link": async () => {
    const element = mount({ sessionId: "T12345678.abc", checkoutUrl: "http://127.0.0.1:9", timeout: 1 });
    await reached(element, "error");
    return element;
  },
  expired: async () => {
    const element = mount({ fetchSession: async () => "T12345678.gone", checkoutUrl: sandboxUrl() });
    await reached(element, "expired");
    return element;
  },
  failed: () => over("SessionPaymentError", "failed"),
  cancelled: () => over("SessionCancel", "cancelled"),
  paid: () => over("SessionPaymentAuthorized", "paid"),
  "on-hold": () => over("SessionPaymentOnHold", "on-hold"),
  "paid elsewhere": () => elsewhere("paid"),
  "failed elsewhere": () => elsewhere("failed"),
  "cancelled elsewhere": () => elsewhere("cancelled"),
};

async function over(type: string, state: "paid" | "on-hold" | "failed" | "cancelled") {
  const { element, page } = await mountReady();
  page.send({ type });
  await reached(element, state);
  return element;
}

async function elsewhere(status: "paid" | "failed" | "cancelled") {
  const { element, sid } = await mountReady();
  announceResult({ status, sessionId: sid, merchantReference: null, transactionId: null });
  await reached(element, status);
  return element;
}

const buttonOf = (element: DinteroCheckout) =>
  element.shadowRoot!.querySelector<HTMLElement>(".front button");
const live = (element: DinteroCheckout) =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>(".live")]
    .map((region) => region.textContent.trim())
    .join("");

describe("axe finds nothing", () => {
  afterEach(clear);

  for (const scheme of ["light", "dark"] as const) {
    for (const [name, show] of Object.entries(views)) {
      it(`${name}, ${scheme}`, async () => {
        document.documentElement.lang = "en";
        document.documentElement.style.cssText = `color-scheme: ${scheme}; background: Canvas; color: CanvasText`;
        const element = await show();
        await element.updateComplete;
        const { violations } = await axe.run(element, { iframes: false });
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`),
        ).to.deep.equal([]);
      });
    }
  }
});

describe("with a keyboard alone", () => {
  afterEach(clear);

  async function tabTo(target: HTMLElement): Promise<void> {
    const root = target.getRootNode() as ShadowRoot;
    for (let left = 8; left > 0 && root.activeElement !== target; left--) await sendKeys({ press: "Tab" });
    expect(root.activeElement === target, "reached with Tab").to.equal(true);
  }

  it("the button is reached and starts", async () => {
    const element = mount({ fetchSession: () => new Promise(() => {}), trigger: "click" });
    await element.updateComplete;
    await tabTo(buttonOf(element)!);
    await sendKeys({ press: "Enter" });
    await reached(element, "creating");
  });

  for (const name of ["error", "expired", "failed", "cancelled", "failed elsewhere", "cancelled elsewhere"]) {
    it(`${name}: its button can be reached with Tab and starts over`, async () => {
      const element = await views[name]!();
      await tabTo(buttonOf(element)!);
      const started = nextEvent(element, "dintero-state");
      await sendKeys({ press: "Enter" });
      expect((await started).state).to.be.oneOf(["creating", "loading"]);
    });
  }

  it("the link to the full page is reached after the button", async () => {
    const element = await views["error with a link"]!();
    await tabTo(buttonOf(element)!);
    await tabTo(element.shadowRoot!.querySelector<HTMLElement>(".front a")!);
  });

  it("nothing behind a panel is reached", async () => {
    const element = await over("SessionCancel", "cancelled");
    expect(element.shadowRoot!.querySelector<HTMLElement>(".frame")!.inert).to.equal(true);
  });

  it("focus is never taken from the page", async () => {
    const input = document.createElement("input");
    document.body.append(input);
    input.focus();
    for (const name of ["error", "expired", "failed", "ready"]) {
      await views[name]!();
      expect(document.activeElement === input, name).to.equal(true);
    }
  });

  it("focus stays in the element when Try again fails again", async () => {
    const element = mount({ endpoint: merchantUrl("session", { status: 500 }) });
    await reached(element, "error");
    await tabTo(buttonOf(element)!);
    const kept: boolean[] = [];
    element.addEventListener("dintero-state", () => {
      void element.updateComplete.then(() => kept.push(document.activeElement === element));
    });
    const failed = nextEvent(element, "dintero-error");
    await sendKeys({ press: "Enter" });
    await failed;
    await reached(element, "error");
    expect(kept.every(Boolean), "while it tries").to.equal(true);
    expect(document.activeElement === element, "after it failed").to.equal(true);
    expect(panelText(element)).to.contain(en.retry);
    await tabTo(buttonOf(element)!);
  });
});

describe("what is announced", () => {
  afterEach(clear);

  it("is each panel, politely and once", async () => {
    const element = mount({ endpoint: merchantUrl("session", { status: 500 }) });
    await element.updateComplete;
    const announced = new Set<string>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const region = (target instanceof Element ? target : target.parentElement)!.closest(".live");
        if (region?.textContent.trim())
          announced.add(`${region.getAttribute("role")}: ${region.textContent.trim()}`);
      }
    });
    for (const region of element.shadowRoot!.querySelectorAll(".live"))
      observer.observe(region, { childList: true, characterData: true, subtree: true });
    await reached(element, "error");
    await element.updateComplete;
    await Promise.resolve();
    expect([...announced]).to.deep.equal([`status: ${live(element)}`]);
    expect(live(element)).to.contain(en.errorTitle);
    element.messages = { pay: "Go" };
    await element.updateComplete;
    await Promise.resolve();
    expect(announced.size).to.equal(1);
    observer.disconnect();
  });

  it("is nothing while the shopper pays", async () => {
    const { element } = await mountReady();
    expect(live(element)).to.equal("");
  });

  it("the frame has a title and the stage is marked as busy", async () => {
    const { element, page } = await mountFake();
    expect(element.shadowRoot!.querySelector(".stage")!.getAttribute("aria-busy")).to.equal("true");
    page.send({ type: "SessionLoaded", session });
    await reached(element, "ready");
    expect(element.shadowRoot!.querySelector(".stage")!.getAttribute("aria-busy")).to.equal("false");
    expect(element.frame!.title).to.equal(en.frameTitle);
  });
});

describe("how it sits in the page", () => {
  afterEach(clear);

  it("moves nothing below it while it loads and shows the frame (layout shift at most 0.01)", async () => {
    const below = document.createElement("p");
    below.textContent = "Below";
    const opening = mountFake();
    document.body.append(below);
    const element = document.querySelector("dintero-checkout")!;
    await element.updateComplete;
    const top = below.getBoundingClientRect().top;
    let shift = 0;
    const supported = PerformanceObserver.supportedEntryTypes.includes("layout-shift");
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += (entry as unknown as { value: number }).value;
    });
    if (supported) observer.observe({ type: "layout-shift" });
    const { page } = await opening;
    page.send({ type: "HeightChanged", height: 420 }, { type: "SessionLoaded", session });
    await reached(element, "ready");
    await handled(element, page);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (const entry of observer.takeRecords()) shift += (entry as unknown as { value: number }).value;
    observer.disconnect();
    expect(below.getBoundingClientRect().top).to.equal(top);
    expect(shift).to.be.at.most(0.01);
  });

  it("opens the connection to the checkout without taking room for it", async () => {
    const element = mount({ fetchSession: () => new Promise(() => {}), checkoutUrl: sandboxUrl() });
    const frame = await appears<HTMLIFrameElement>(element.shadowRoot!, "iframe");
    expect(frame.checkVisibility()).to.equal(false);
    expect(element.offsetHeight).to.equal(
      element.shadowRoot!.querySelector<HTMLElement>(".stage")!.offsetHeight,
    );
  });

  it("keeps the last known height on retry", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "HeightChanged", height: 913 });
    await handled(element, page);
    element.restart();
    await reached(element, "loading");
    expect(element.offsetHeight).to.be.at.least(913);
  });

  for (const direction of ["ltr", "rtl"]) {
    it(`fits into 320 px, ${direction}, whatever it shows`, async () => {
      for (const [name, show] of Object.entries(views)) {
        const element = await show();
        // Measured where it is shown: in a box as wide as a small phone.
        element.style.width = "320px";
        element.style.direction = direction;
        await element.updateComplete;
        expect(element.scrollWidth, name).to.be.at.most(320);
        const { left, right } = element.getBoundingClientRect();
        for (const part of element.shadowRoot!.querySelectorAll(".front *")) {
          const rectangle = part.getBoundingClientRect();
          if (rectangle.width === 0) continue;
          expect(Math.round(rectangle.left), `${name}: left`).to.be.at.least(Math.floor(left));
          expect(Math.round(rectangle.right), `${name}: right`).to.be.at.most(Math.ceil(right));
        }
        await clear();
      }
    }).timeout(240_000);
  }

  // The runner can emulate forced colours in Chromium alone; in the others there is nothing to drive.
  // Reduced motion and a narrow page are seen in all three: reduced-motion.test.ts, page-styles.test.ts.
  const chromium = navigator.userAgent.includes("Chrome");
  (chromium ? it : it.skip)("shows its edges in forced colours", async () => {
    await emulateMedia({ forcedColors: "active" });
    const element = await views["error"]!();
    const button = buttonOf(element)!;
    expect(parseFloat(getComputedStyle(button).borderTopWidth)).to.be.at.least(1);
    await emulateMedia({ forcedColors: "none" });
  });
});
