import { describe, expect, test } from "vitest";
import { latestRequestId, operationResult } from "../../src/dintero/operation-result.ts";
import type { TransactionEvent } from "../../src/dintero/transaction-event.ts";

const transaction = (...events: readonly TransactionEvent[]) => ({ amount: 1000, events });
const authorized: TransactionEvent = { event: "AUTHORIZE", id: "a", request_id: "a", amount: 1000 };
const accepted: TransactionEvent = { event: "INITIATE_CAPTURE", id: "i", request_id: "r", amount: 400 };
const done: TransactionEvent = {
  ...{ event: "CAPTURE", id: "e", request_id: "other", correlation_request_id: "r" },
  ...{ amount: 400, success: true },
};
const error = { code: "declined", message: "no" };
const failed: TransactionEvent = { ...done, success: false, error };
const corrected = (status: string, more: object = {}): TransactionEvent => ({
  event: "CORRECTION",
  id: "c",
  correction: { event_ids: ["e"], status, ...more },
});

describe.each(["CAPTURE", "REFUND", "VOID"])("a %s", (event) => {
  const start = { ...accepted, event: `INITIATE_${event}` };
  const end = { ...done, event };

  test("that was accepted is pending until an event names it, then done or failed", () => {
    expect(operationResult(transaction(authorized, start), "r")).toEqual({ state: "pending", amount: 400 });
    expect(operationResult(transaction(authorized, start, end), "r")).toEqual({ state: "done", amount: 400 });
    expect(operationResult(transaction(start, { ...end, success: false, error }), "r")).toEqual({
      state: "failed",
      amount: 400,
      error,
    });
  });

  test("that was done at once is found by its own request", () => {
    const atOnce = { event, id: "e", request_id: "r", amount: 400, success: true };
    expect(operationResult(transaction(authorized, atOnce), "r")).toEqual({ state: "done", amount: 400 });
  });

  test("that could not begin has failed", () => {
    expect(operationResult(transaction({ ...start, success: false, error }), "r")).toEqual({
      state: "failed",
      amount: 400,
      error,
    });
  });
});

test("an unknown id is pending, and so is none", () => {
  const without = { event: "CAPTURE", amount: 400, success: true };
  for (const id of ["unknown", ""]) {
    expect(operationResult(transaction(accepted, done, without), id)).toEqual({
      state: "pending",
      amount: 0,
    });
  }
  expect(operationResult({ amount: 1000 }, "r")).toEqual({ state: "pending", amount: 0 });
  expect(operationResult({ amount: 1000, events: [null] as never }, "r").state).toBe("pending");
});

test("two operations of one transaction do not answer for each other, in whatever order they end", () => {
  const second = { ...accepted, id: "i2", request_id: "r2", amount: 600 };
  const secondDone = { ...done, id: "e2", correlation_request_id: "r2", amount: 600 };
  const events = transaction(accepted, second, secondDone);
  expect(operationResult(events, "r").state).toBe("pending");
  expect(operationResult(events, "r2")).toEqual({ state: "done", amount: 600 });
});

test("the void of the rest that a final capture makes is not its result", () => {
  const rest = { event: "VOID", request_id: "r", amount: 600, success: false };
  expect(operationResult(transaction({ ...done, request_id: "r" }, rest), "r")).toEqual({
    state: "done",
    amount: 400,
  });
});

describe("a correction outranks success", () => {
  test.each<[string, readonly TransactionEvent[], string]>([
    ["on the failed event itself", [{ ...failed, correction: { status: "CAPTURED" } }], "done"],
    ["on the successful event itself", [{ ...done, correction: { status: "AUTHORIZED" } }], "failed"],
    ["of a later event that names the failed one", [failed, corrected("PARTIALLY_CAPTURED")], "done"],
    ["of a later event that names the successful one", [done, corrected("AUTHORIZED")], "failed"],
    ["that names what was accepted, before its end", [corrected("CAPTURED", { event_ids: ["i"] })], "done"],
    ["that is followed by another", [failed, corrected("CAPTURED"), corrected("AUTHORIZED")], "failed"],
    ["of another event", [failed, corrected("CAPTURED", { event_ids: ["x"] })], "failed"],
    ["on an event that carries one of others", [{ ...failed, correction: { event_ids: ["x"] } }], "failed"],
    ["with a status that is new", [failed, corrected("CHARGED_BACK")], "pending"],
    ["with a status of Object.prototype", [failed, corrected("constructor")], "pending"],
  ])("%s", (_, events, state) => {
    expect(operationResult(transaction(accepted, ...events), "r")).toMatchObject({ state, amount: 400 });
  });

  test.each([
    ["REFUND", "REFUNDED", "done"],
    ["REFUND", "PARTIALLY_REFUNDED", "done"],
    ["REFUND", "CAPTURED", "failed"],
    ["VOID", "AUTHORIZATION_VOIDED", "done"],
    ["VOID", "AUTHORIZED", "failed"],
    ["VOID", "PARTIALLY_CAPTURED", "pending"],
  ])("of a %s: %s means %s", (event, status, state) => {
    const end = { ...done, event, success: state === "failed", correction: { status } };
    expect(operationResult(transaction(end), "r").state).toBe(state);
  });

  test("a status that another capture explains as well is decided by the rest, and never guessed", () => {
    const before = { ...done, id: "b", correlation_request_id: "before", amount: 100 };
    const state = (rest?: number) =>
      operationResult(
        transaction(before, failed, corrected("PARTIALLY_CAPTURED", { remaining_capture_amount: rest })),
        "r",
      ).state;
    expect([state(500), state(900), state()]).toEqual(["done", "failed", "pending"]);
  });

  test("time decides which is later, not the order of the list", () => {
    const at = (event: TransactionEvent, second: number) => ({
      ...event,
      created_at: new Date(second * 1000).toISOString(),
    });
    const events = [at(corrected("AUTHORIZED"), 4), at(corrected("CAPTURED"), 3), at(failed, 2)];
    expect(operationResult(transaction(...events, at(accepted, 1)), "r").state).toBe("failed");
  });
});

test("the latest operation of a kind has the id to use", () => {
  const first = { event: "CAPTURE", request_id: "1" };
  expect(
    latestRequestId({ events: [first, { event: "INITIATE_CAPTURE", request_id: "2" }] }, "CAPTURE"),
  ).toBe("2");
  expect(latestRequestId({ events: [first, { event: "VOID", request_id: "2" }] }, "CAPTURE")).toBe("1");
  expect(latestRequestId({ events: [{ event: "CAPTURE" }] }, "CAPTURE")).toBe("");
});
