// Sessions that are gone or useless: what page and shopper get, and the way to a new one.
import { control, newSession } from "../support/checkout.ts";
import { sandboxUrl } from "../support/env.ts";
import { loaded } from "../support/fake-checkout.ts";
import { expired, expiredStartAgain, faultyCheckouts } from "../support/faults.ts";

const gone = {
  state: "expired",
  event: "session-not-found",
  text: expiredStartAgain,
  sessions: 1,
} as const;

describe("a session that has expired", () => {
  const open = faultyCheckouts();

  it("was given by the page: nothing can start again but a new id", async () => {
    const { element, shows, recovers } = await open({
      endpoint: null,
      attributes: { "session-id": "T00000000.gone", "checkout-url": sandboxUrl() },
    });
    await shows({ ...gone, text: expired, sessions: 0 });
    element.setAttribute("session-id", await newSession());
    await recovers({ sessions: 0 });
  });

  it("while the shopper looks at it: the button creates another", async () => {
    const { element, shows, clickButton, recovers } = await open({
      attributes: { "checkout-url": sandboxUrl() },
    });
    await control(`sessions/${element.session!.id}/expire`);
    await shows(gone);
    clickButton();
    await recovers({ sessions: 2 });
  });

  for (const session of [{ id: "T00000000.abc" }, null, 7, "order", { order: null }, { order: "x" }]) {
    it(`arrives as ${JSON.stringify(session)}: the button creates another`, async () => {
      const { shows, clickButton, recovers } = await open({
        onOpened: (nth) => [nth === 1 ? { type: "SessionLoaded", session } : loaded()],
      });
      await shows(gone);
      clickButton();
      await recovers({ sessions: 2 });
    });
  }

  it("has no panel on a page that cancels dintero-session-not-found", async () => {
    document.addEventListener("dintero-session-not-found", (event) => event.preventDefault(), { once: true });
    const { element, shows, recovers } = await open({
      onOpened: (nth) => [nth === 1 ? { type: "SessionNotFound" } : loaded()],
    });
    await shows({ ...gone, text: "" });
    element.restart();
    await recovers({ sessions: 2 });
  });
});
