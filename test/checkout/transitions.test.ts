// A transition that the table of states does not allow has no effect, and does not vanish in silence.
import { expect } from "@open-wc/testing";
import { canBecome } from "../../src/checkout/state.ts";

describe("a transition that is not allowed", () => {
  const global = globalThis as { litIssuedWarnings?: Set<string> | undefined };
  const issuedBefore = global.litIssuedWarnings;
  const { warn } = console;
  let warnings: unknown[] = [];
  beforeEach(() => {
    warnings = [];
    console.warn = (warning: unknown) => warnings.push(warning);
  });
  afterEach(() => {
    console.warn = warn;
    global.litIssuedWarnings = issuedBefore;
  });

  it("is a warning in development, once per pair", () => {
    global.litIssuedWarnings = new Set();
    expect(canBecome("paid", "ready")).to.equal(false);
    expect(canBecome("paid", "ready")).to.equal(false);
    expect(canBecome("expired", "ready")).to.equal(false);
    expect(warnings).to.deep.equal([
      '<dintero-checkout> stays "paid": it cannot become "ready".',
      '<dintero-checkout> stays "expired": it cannot become "ready".',
    ]);
  });

  it("is silent in production, and an allowed one always", () => {
    global.litIssuedWarnings = undefined;
    expect(canBecome("paid", "ready")).to.equal(false);
    global.litIssuedWarnings = new Set();
    expect(canBecome("loading", "ready")).to.equal(true);
    expect(warnings).to.deep.equal([]);
  });
});
