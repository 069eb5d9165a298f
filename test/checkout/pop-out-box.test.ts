// The box of a pop-out is in the page's own tree. Renderers that take out what their server did not write (Livewire,
// Turbo's morph, LiveView, React) empty it; snapshots and clones carry a dead frame on.
import { expect } from "@open-wc/testing";
import "../../src/index.ts";
import type { DinteroCheckout } from "../../src/index.ts";
import { clear, mountTag, names, nextEvent, reached, record } from "../support/checkout.ts";
import { merchantUrl, posts, requests } from "../support/env.ts";
import { FakeCheckout } from "../support/fake-checkout.ts";

const sid = "T00000000.abc";
const answer = JSON.stringify({ id: sid });

/** Either its frame is back on the page and loads again, or the error panel shows what happened. */
async function recovers(element: DinteroCheckout, checkout: FakeCheckout, nth: number): Promise<void> {
  await Promise.race([
    checkout.opened(nth),
    nextEvent(element, "dintero-error", 5000),
    // fails and names the event if neither happens
  ]);
  await reached(element, "ready", "error");
  if (element.state === "error") {
    expect(element.error!.message).not.to.equal("");
    expect(element.shadowRoot!.querySelector('[part~="error"]')).not.to.equal(null);
  } else {
    expect(element.frame!.isConnected).to.equal(true);
  }
}

describe("pop-out's box", () => {
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

  const ready = async (attributes = {}, content = ""): Promise<DinteroCheckout> => {
    const element = mountTag({
      mode: "pop-out",
      "session-id": sid,
      "checkout-url": checkout.url,
      ...attributes,
    });
    if (content) element.innerHTML = content;
    await reached(element, "ready");
    return element;
  };

  const edits: Readonly<Record<string, (element: DinteroCheckout) => void>> = {
    "a renderer removes the tag's children": (element) => element.replaceChildren(),
    "a renderer removes the box": (element) => element.querySelector('[slot="frame"]')!.remove(),
    "a renderer empties the box": (element) => element.querySelector('[slot="frame"]')!.replaceChildren(),
    "a renderer removes the frame": (element) => element.frame!.remove(),
    "a renderer writes the tag's markup again": (element) => (element.innerHTML = "<p>Fallback</p>"),
    "a renderer moves the box out of the tag": (element) =>
      document.body.append(element.querySelector('[slot="frame"]')!),
  };
  for (const [name, edit] of Object.entries(edits)) {
    it(`${name}: the frame comes back, or the error panel is shown`, async () => {
      const element = await ready();
      edit(element);
      await recovers(element, checkout, 2);
    });
  }

  it("the page's own box is emptied: the frame comes back, or the error panel is shown", async () => {
    const element = mountTag({
      "session-id": sid,
      "checkout-url": checkout.url,
      trigger: "manual",
      mode: "pop-out",
    });
    element.innerHTML = '<div slot="frame" id="own"></div>';
    element.start();
    await reached(element, "ready");
    expect(element.querySelectorAll('[slot="frame"]')).to.have.length(1);
    element.querySelector("#own")!.replaceChildren();
    await recovers(element, checkout, 2);
  });

  it("emptied again and again, the session is created once", async () => {
    const endpoint = merchantUrl("session", { answer });
    const element = mountTag({ endpoint, mode: "pop-out", "checkout-url": checkout.url });
    await reached(element, "ready");
    for (const nth of [2, 3, 4]) {
      element.replaceChildren();
      await recovers(element, checkout, nth);
      if (element.state === "error") break;
    }
    expect(posts(await requests(endpoint))).to.equal(1);
  });

  it("emptied while the frame loads: it does not load forever", async () => {
    checkout.onOpened = (nth) => (nth === 1 ? [] : [{ type: "SessionLoaded", session: { order: {} } }]);
    const element = mountTag({
      mode: "pop-out",
      "session-id": sid,
      "checkout-url": checkout.url,
      timeout: "3000",
    });
    await reached(element, "loading");
    await checkout.opened();
    element.replaceChildren();
    await recovers(element, checkout, 2);
  });

  it("emptied after the payment: it stays paid, and nothing starts", async () => {
    const element = await ready();
    checkout.send({ type: "SessionPaymentAuthorized", transaction_id: "t", merchant_reference: "m" });
    await reached(element, "paid");
    const events = record(element);
    const frames = (await checkout.requests()).filter((url) => !url.includes("embedResult")).length;
    element.replaceChildren();
    await new Promise((resolve) => setTimeout(resolve));
    expect((await checkout.requests()).filter((url) => !url.includes("embedResult"))).to.have.length(frames);
    expect(names(events)).to.deep.equal([]);
    expect(element.state).to.equal("paid");
  });

  it("other children come and go without an effect", async () => {
    const element = await ready();
    const events = record(element);
    element.append(document.createElement("p"));
    element.querySelector("p")!.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await checkout.requests()).to.have.length(1);
    expect(names(events)).to.deep.equal([]);
  });

  const copies: Readonly<Record<string, (element: DinteroCheckout) => DinteroCheckout>> = {
    "a clone": (element) => element.cloneNode(true) as DinteroCheckout,
    "a tag written from a snapshot of its markup": (element) => {
      const template = document.createElement("template");
      template.innerHTML = element.outerHTML;
      return document.importNode(template.content, true).firstElementChild as DinteroCheckout;
    },
  };
  for (const [name, copy] of Object.entries(copies)) {
    for (const content of ["", '<div slot="frame" id="own"></div>']) {
      it(`${name}${content && ", with the page's own box"}: starts clean, with one frame`, async () => {
        const element = mountTag({
          mode: "pop-out",
          trigger: "manual",
          "session-id": sid,
          "checkout-url": checkout.url,
        });
        element.innerHTML = content;
        element.start();
        await reached(element, "ready");
        const copied = copy(element);
        element.remove();
        await Promise.resolve();
        document.body.append(copied);
        copied.start();
        await reached(copied, "ready");
        expect(copied.querySelectorAll("iframe")).to.have.length(1);
        expect(copied.querySelectorAll('[slot="frame"]')).to.have.length(1);
        expect(copied.querySelector("iframe")).to.equal(copied.frame);
        copied.restart();
        await nextEvent(copied, "dintero-session");
        expect(copied.querySelectorAll("iframe")).to.have.length(1);
      });
    }
  }

  it("a clone beside the running one is refused, and shows no dead frame", async () => {
    const element = await ready();
    const copied = element.cloneNode(true) as DinteroCheckout;
    document.body.append(copied);
    await reached(copied, "error");
    expect(copied.error!.code).to.equal("pop-out-conflict");
    expect(copied.querySelectorAll("iframe")).to.have.length(0);
    expect(element.state).to.equal("ready");
    expect(element.frame!.isConnected).to.equal(true);
  });

  it("a clone of an embedded checkout starts clean", async () => {
    const element = mountTag({ "session-id": sid, "checkout-url": checkout.url });
    await reached(element, "ready");
    const copied = element.cloneNode(true) as DinteroCheckout;
    element.remove();
    await Promise.resolve();
    document.body.append(copied);
    await reached(copied, "ready");
    expect(copied.querySelectorAll("iframe")).to.have.length(0);
    expect(copied.shadowRoot!.querySelectorAll("iframe")).to.have.length(1);
  });
});

describe("pop-out's box, with a renderer that removes each frame as soon as it is there", () => {
  it("ends in the error panel, and not in a loop of frames", async () => {
    const { error } = console;
    console.error = () => {};
    const checkout = new FakeCheckout();
    const remover = new MutationObserver(() => {
      for (const frame of document.querySelectorAll("dintero-checkout iframe")) frame.remove();
    });
    let frames = 0;
    const counter = new MutationObserver((records) => {
      for (const { addedNodes } of records) frames += [...addedNodes].filter(isFrame).length;
    });
    const options = { childList: true, subtree: true };
    counter.observe(document, options);
    const element = mountTag({
      mode: "pop-out",
      "session-id": sid,
      "checkout-url": checkout.url,
      timeout: "2000",
    });
    remover.observe(element, options);
    await reached(element, "error");
    remover.disconnect();
    counter.disconnect();
    console.error = error;
    expect(frames).to.be.lessThan(12);
    expect(element.shadowRoot!.querySelector('[part~="error"]')).not.to.equal(null);
    checkout.stop();
    await clear();
  });
});

const isFrame = (node: Node): boolean =>
  node instanceof Element && (node.localName === "iframe" || node.querySelector("iframe") !== null);
