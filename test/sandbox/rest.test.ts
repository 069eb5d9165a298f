import { expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { merchant, page, session } from "./merchant.ts";

test("a session is created, paid and read, with its transaction", async () => {
  const sandbox = createSandbox();
  const call = await merchant(sandbox);
  const created = await call("POST", "/sessions-profile", session);
  expect(created.status).toBe(200);
  expect(created.body.id).toMatch(/^T12345678\.[A-Za-z0-9]{24}$/);
  expect(created.body.url).toBe(`https://sandbox.test/v1/view/${created.body.id}`);

  const paid = await page(sandbox, created.body.id)("/pay", {
    payment_product_type: "payex.creditcard",
    outcome: "authorized",
    card: { number: "4925 0000 0000 0004" },
  });
  const { transaction_id } = paid.body;
  expect(paid.body).toEqual({
    type: "SessionPaymentAuthorized",
    transaction_id,
    merchant_reference: "order-001",
    href: `https://shop.example/thanks?transaction_id=${transaction_id}&merchant_reference=order-001`,
  });
  const read = await call("GET", `/sessions/${created.body.id}`);
  expect(read.body).toMatchObject({ ...session, id: created.body.id, transaction_id });
  const transaction = await call("GET", `/transactions/${transaction_id}`);
  expect(transaction.body).toMatchObject({
    status: "AUTHORIZED",
    amount: 29990,
    currency: "NOK",
    session_id: created.body.id,
    card: { masked_pan: "**** 0004" },
  });
});
