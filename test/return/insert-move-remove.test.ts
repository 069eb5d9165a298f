import { expect } from "@open-wc/testing";
import { DinteroReturn } from "../../src/return/dintero-return.ts";
import { merchantUrl, requests } from "../support/env.ts";
import {
  answer,
  arriveWith,
  claim,
  Clock,
  endpointOf,
  leave,
  next,
  open,
  shown,
  ResultLog,
} from "./support.ts";

describe("<dintero-return> in the document", () => {
  let results: ResultLog;
  let clock: Clock;

  beforeEach(() => {
    results = new ResultLog();
    clock = new Clock();
    arriveWith(claim);
  });

  afterEach(() => {
    clock.restore();
    results.stop();
    leave();
  });

  it("aborts its request when it is removed", async () => {
    const endpoint = merchantUrl("status", { hang: 1 });
    const element = await open({ endpoint });
    await shown(element, "Waiting for confirmation");
    while ((await requests(endpoint)).length === 0);
    element.remove();
    while (!(await requests(endpoint))[0]!.aborted);
    expect((await requests(endpoint)).length).to.equal(1);
    expect(results.statuses).to.deep.equal([]);
  });

  it("sends no more requests when it is removed during a pause", async () => {
    const endpoint = endpointOf(answer("pending"));
    const element = await open({ endpoint });
    await clock.paused();
    element.remove();
    await Promise.resolve();
    await clock.pass();
    expect((await requests(endpoint)).length).to.equal(1);
    expect(results.statuses).to.deep.equal([]);
  });

  it("may be removed by a listener of the result", async () => {
    const element = await open({ endpoint: endpointOf(answer("on-hold"), answer("paid")) });
    element.addEventListener("dintero-result", () => element.remove());
    await next(element, "dintero-result");
    expect(clock.pauses.length).to.be.lessThan(2);
  });

  it("requests again when it is put back, and keeps a final result", async () => {
    const endpoint = endpointOf(answer("pending"), answer("paid"), answer("failed"));
    const element = await open({ endpoint });
    await clock.paused();
    const parent = element.parentElement!;
    element.remove();
    await Promise.resolve();
    parent.append(element);
    await shown(element, "Payment received");
    element.remove();
    await Promise.resolve();
    parent.append(element);
    await element.updateComplete;
    await shown(element, "Payment received");
    expect(results.statuses).to.deep.equal(["paid"]);
    expect((await requests(endpoint)).length).to.equal(2);
  });

  it("dispatches once, however often it is moved", async () => {
    const element = await open({ endpoint: endpointOf(answer("paid")) });
    const parent = element.parentElement!;
    for (let move = 0; move < 3; move++) parent.append(element);
    await next(element, "dintero-result");
    parent.append(element);
    await element.updateComplete;
    expect(results.statuses).to.deep.equal(["paid"]);
  });

  it("is not disturbed by moveBefore", async function () {
    if (!("moveBefore" in Element.prototype)) return this.skip();
    const endpoint = endpointOf(answer("pending"), answer("paid"));
    const element = await open({ endpoint });
    await clock.paused();
    const parent = element.parentElement as HTMLElement & {
      moveBefore(node: Node, child: Node | null): void;
    };
    parent.moveBefore(element, null);
    await clock.pass();
    await shown(element, "Payment received");
    expect((await requests(endpoint)).length).to.equal(2);
  });

  it("starts over when it comes out of the back/forward cache while polling", async () => {
    const endpoint = endpointOf(answer("pending"), answer("paid"));
    const element = await open({ endpoint });
    await clock.paused();
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await shown(element, "Payment received");
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await element.updateComplete;
    expect(results.statuses).to.deep.equal(["paid"]);
    expect((await requests(endpoint)).length).to.equal(2);
  });

  it("uses properties that were set before the definition was loaded", async () => {
    class Late extends DinteroReturn {}
    const element = document.createElement("dintero-return-late") as DinteroReturn;
    element.endpoint = endpointOf(answer("paid"));
    element.language = "sv";
    document.body.append(element);
    customElements.define("dintero-return-late", Late);
    await next(element, "dintero-result");
    await shown(element, "Betalningen är mottagen");
    element.remove();
  });

  it("does nothing when a second copy of the script defines it again", async () => {
    const before = customElements.get("dintero-return");
    await import(new URL("../../src/return.ts?second", import.meta.url).href);
    expect(customElements.get("dintero-return")).to.equal(before);
  });

  it("sends credentials as its attribute sets", async () => {
    const seen: (RequestCredentials | undefined)[] = [];
    const { fetch } = window;
    window.fetch = (input, init) => {
      if (String(input).includes("/merchant/status")) seen.push(init?.credentials);
      return fetch(input, init);
    };
    await next(await open({ endpoint: endpointOf(answer("paid")) }), "dintero-result");
    leave();
    arriveWith(claim);
    await next(
      await open({ endpoint: endpointOf(answer("paid")), credentials: "include" }),
      "dintero-result",
    );
    window.fetch = fetch;
    expect(seen).to.deep.equal(["same-origin", "include"]);
  });
});
