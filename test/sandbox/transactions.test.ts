import { describe, expect, test } from "vitest";
import { createOrder, createSandbox, hold, pay, release } from "../../src/sandbox/index.ts";
import { merchant, page } from "./merchant.ts";

async function paid() {
  const sandbox = createSandbox();
  const call = await merchant(sandbox);
  const session = await createOrder(sandbox);
  const { id } = await pay(session);
  return {
    session,
    id,
    read: async () => (await call("GET", `/transactions/${id}`)).body,
    post: (action: string, body: object = {}) => call("POST", `/transactions/${id}/${action}`, body),
  };
}

describe("transactions", () => {
  test.each([
    ["captured whole", [["capture", 29990, "CAPTURED"]]],
    [
      "captured in two parts",
      [
        ["capture", 10000, "PARTIALLY_CAPTURED"],
        ["capture", 19990, "CAPTURED"],
      ],
    ],
    [
      "refunded whole",
      [
        ["capture", 29990, "CAPTURED"],
        ["refund", 29990, "REFUNDED"],
      ],
    ],
    [
      "refunded in two parts",
      [
        ["capture", 29990, "CAPTURED"],
        ["refund", 10000, "PARTIALLY_REFUNDED"],
        ["refund", 19990, "REFUNDED"],
      ],
    ],
    [
      "partly captured and refunded",
      [
        ["capture", 10000, "PARTIALLY_CAPTURED"],
        ["refund", 5000, "PARTIALLY_CAPTURED_REFUNDED"],
      ],
    ],
    ["voided", [["void", 29990, "AUTHORIZATION_VOIDED"]]],
  ] as [string, [string, number, string][]][])("a transaction is %s", async (_, steps) => {
    const { post, read } = await paid();
    for (const [action, amount, status] of steps) {
      const answer = await post(action, action === "void" ? {} : { amount });
      expect([answer.status, answer.body.status]).toEqual([200, status]);
      expect(answer.body.events.at(-1)).toMatchObject({
        event: action.toUpperCase(),
        amount,
        transaction_status: status,
      });
    }
    expect((await read()).status).toBe(steps.at(-1)?.[2]);
  });

  test("a capture and a refund keep their reference and items in event_reference and items", async () => {
    const { post } = await paid();
    const items = [{ line_id: "1", amount: 29990 }];
    const captured = await post("capture", { amount: 29990, capture_reference: "parcel-1", items });
    expect(captured.body.events.at(-1)).toMatchObject({ event_reference: "parcel-1", items });
    const refunded = await post("refund", { amount: 100, refund_reference: "r-1", reason: "scratched" });
    expect(refunded.body.events.at(-1)).toMatchObject({ event_reference: "r-1" });
  });

  test("no more than the rest can be captured or refunded", async () => {
    const { post } = await paid();
    const over = await post("capture", { amount: 29991 });
    expect(over).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "invalid_amount",
          errors: [{ path: "amount", message: "amount must be at most 29990" }],
        },
      },
    });
    await post("capture", { amount: 20000 });
    expect((await post("capture", { amount: 9991 })).status).toBe(400);
    expect((await post("refund", { amount: 20001 })).status).toBe(400);
    expect((await post("refund", { amount: 20000 })).status).toBe(200);
  });

  test.each([
    [{}, "amount"],
    [{ amount: 0 }, "amount"],
    [{ amount: 10.5 }, "amount"],
    [{ amount: 2_147_483_648 }, "amount"],
    [{ amount: 100, items: [{ line_id: "1" }] }, "items[0].amount"],
    [{ amount: 100, items: [{ amount: 100 }] }, "items[0].line_id"],
  ])("a capture of %j is refused at %s", async (body, path) => {
    const { post } = await paid();
    const { status, body: answer } = await post("capture", body);
    expect([status, answer.error.errors[0].path]).toEqual([400, path]);
  });

  test("an operation that the status does not allow is refused", async () => {
    const { post } = await paid();
    expect((await post("refund", { amount: 1 })).body.error.code).toBe("invalid_status");
    await post("capture", { amount: 29990 });
    expect((await post("void")).body.error.message).toBe("A transaction that is CAPTURED cannot be voided");
    expect((await post("capture", { amount: 1 })).body.error.code).toBe("invalid_status");
  });

  test("a voided transaction can be neither captured nor voided again", async () => {
    const { post } = await paid();
    await post("void");
    expect((await post("capture", { amount: 1 })).status).toBe(400);
    expect((await post("void")).status).toBe(400);
  });

  test("a transaction on hold becomes authorized or failed later, and cannot be captured before", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    for (const status of ["AUTHORIZED", "FAILED"] as const) {
      const session = await createOrder(sandbox);
      const { id } = await hold(session);
      expect((await call("GET", `/transactions/${id}`)).body.status).toBe("ON_HOLD");
      expect((await call("POST", `/transactions/${id}/capture`, { amount: 1 })).status).toBe(400);
      await release(session, status);
      const { outcome } = (await page(sandbox, session.id)("/refresh", {})).body;
      expect(outcome.type).toBe(status === "FAILED" ? "SessionPaymentError" : "SessionPaymentAuthorized");
      expect((await call("GET", `/transactions/${id}`)).body.status).toBe(status);
      await expect(release(session, status)).rejects.toThrow(`is ${status} cannot be decided`);
    }
  });

  test.each(["INITIATED", "UNKNOWN"] as const)("a transaction can be %s for a while", async (status) => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const session = await createOrder(sandbox);
    const { id } = await pay(session);
    const control = `https://sandbox.test/_sandbox/sessions/${session.id}/unsettle`;
    const put = (body: object) => sandbox.fetch(control, { method: "POST", body: JSON.stringify(body) });
    expect((await put({ status: "PAID" })).status).toBe(400);
    expect((await put({ status })).status).toBe(200);
    expect((await call("GET", `/transactions/${id}`)).body.status).toBe(status);
    expect((await release(session, "AUTHORIZED")).status).toBe("AUTHORIZED");
  });

  test.each([
    ["on_hold", "ON_HOLD", { type: "SessionPaymentOnHold" }],
    ["declined", "DECLINED", { type: "SessionPaymentError", error: "failed" }],
    ["failed", "FAILED", { type: "SessionPaymentError", error: "failed" }],
    ["unauthorized", "FAILED", { type: "SessionPaymentError", error: "authorization" }],
  ])("a payment that is %s has the status %s", async (outcome, status, result) => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    const answer = await page(sandbox, id)("/pay", { payment_product_type: "swish.swish", outcome });
    expect(answer.body).toMatchObject(result);
    expect([...sandbox.transactions][0]?.status).toBe(status);
    const query = new URL(answer.body.href).searchParams;
    expect(query.get("merchant_reference")).toBe("order-001");
    expect(query.get("error")).toBe(answer.body.error ?? null);
    expect(query.has("transaction_id")).toBe(outcome === "on_hold");
  });

  test("a session has at most one transaction", async () => {
    const sandbox = createSandbox();
    const { id } = await createOrder(sandbox);
    const shopper = page(sandbox, id);
    const request = { payment_product_type: "vipps", outcome: "authorized" };
    const answers = await Promise.all([shopper("/pay", request), shopper("/pay", request)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect([...sandbox.transactions]).toHaveLength(1);
  });

  test("an unknown transaction, or a session's id in its place, is 404", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const session = await createOrder(sandbox);
    await pay(session);
    for (const id of ["T12345678.unknown", session.id]) {
      const { status, body } = await call("GET", `/transactions/${id}`);
      expect([status, body.error.code]).toEqual([404, "transaction_not_found"]);
    }
  });
});
