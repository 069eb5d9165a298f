import { expect } from "@open-wc/testing";
import { clear, handled, mount, mountReady, reached, session } from "../support/checkout.ts";

function measures(): string[] {
  return performance
    .getEntriesByType("measure")
    .map(({ name }) => name)
    .filter((name) => name.startsWith("dintero-checkout:"))
    .sort();
}

describe("the User Timing measures", () => {
  beforeEach(() => performance.clearMeasures());
  afterEach(clear);

  it("are three for a start that requests a session, one each", async () => {
    const { element, page } = await mountReady({
      sessionId: null,
      fetchSession: async () => "T12345678.timing",
    });
    await handled(element, page);
    expect(measures()).to.deep.equal([
      "dintero-checkout:frame",
      "dintero-checkout:ready",
      "dintero-checkout:session",
    ]);
    for (const { duration, startTime } of performance.getEntriesByType("measure")) {
      expect(duration).to.be.at.least(0);
      expect(startTime + duration).to.be.at.most(performance.now());
    }
  });

  it("are two for a given session, as none is requested", async () => {
    const { element, page } = await mountReady();
    await handled(element, page);
    expect(measures()).to.deep.equal(["dintero-checkout:frame", "dintero-checkout:ready"]);
  });

  it("are added by a new start, not by later messages of the frame", async () => {
    const { element, page } = await mountReady();
    page.send({ type: "SessionUpdated", session }, { type: "SessionLoaded", session });
    element.restart();
    await page.opened();
    page.send({ type: "SessionLoaded", session });
    await handled(element, page);
    expect(measures()).to.deep.equal([
      "dintero-checkout:frame",
      "dintero-checkout:frame",
      "dintero-checkout:ready",
      "dintero-checkout:ready",
    ]);
  });

  it("are not added by a start that failed", async () => {
    const element = mount({ sessionId: "../../etc" });
    await reached(element, "error");
    expect(measures()).to.deep.equal([]);
  });
});
