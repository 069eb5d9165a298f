import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { verifyWebhook } from "../../src/server/index.ts";
import { record } from "./support/leaks.ts";
import { signatureSecret as secret } from "./support/upstream.ts";

const body = '{ "event": "checkout_transaction", "æ": 1 }';
const hmac = (text: string | Buffer, key = secret) => createHmac("sha1", key).update(text).digest("hex");

function webhook(signature: string | null, content: BodyInit = body): Request {
  const headers = {
    "event-delivery": "d1",
    event: "checkout_transaction",
    ...(signature !== null && { "event-signature": signature }),
  };
  return new Request("https://shop.example/webhook", { method: "POST", body: content, headers });
}

test("a webhook contains its signed body", async () => {
  expect(await verifyWebhook(webhook(hmac(body)), { secret })).toEqual({
    event: "checkout_transaction",
    deliveryId: "d1",
    payload: { event: "checkout_transaction", æ: 1 },
  });
});

test("the signature covers the raw bytes", async () => {
  const bytes = Buffer.from([0x22, 0xff, 0x22]);
  expect(await verifyWebhook(webhook(hmac(bytes), bytes), { secret })).toMatchObject({ payload: "\ufffd" });
  await expect(verifyWebhook(webhook(hmac(body), body.replace(" ", "")), { secret })).rejects.toMatchObject({
    code: "invalid-signature",
  });
});

test("any secret of a list is accepted", async () => {
  await expect(verifyWebhook(webhook(hmac(body)), { secret: ["new", secret] })).resolves.toBeTruthy();
});

test.each([
  ["no signature", webhook(null), "missing-signature"],
  ["an empty one", webhook(""), "missing-signature"],
  ["another secret's", webhook(hmac(body, "another")), "invalid-signature"],
  ["half of one", webhook(hmac(body).slice(0, 20)), "invalid-signature"],
  ["SHA-256", webhook(createHmac("sha256", secret).update(body).digest("hex")), "invalid-signature"],
  ["another body's", webhook(hmac(`${body} `)), "invalid-signature"],
])("with %s it is refused: 401", async (_, request, code) => {
  const error: unknown = await verifyWebhook(request, { secret }).catch((reason: unknown) => reason);
  record(error);
  expect(error).toMatchObject({ name: "DinteroError", code, status: 401 });
});

test("a signed webhook of more than 1 MB is refused", async () => {
  const large = JSON.stringify("x".repeat(1024 * 1024));
  await expect(verifyWebhook(webhook(hmac(large), large), { secret })).rejects.toMatchObject({
    code: "invalid-signature",
  });
});

test("an empty secret is refused", async () => {
  for (const empty of ["", [], [""], undefined]) {
    await expect(verifyWebhook(webhook(hmac(body, "x")), { secret: empty as string })).rejects.toMatchObject({
      code: "invalid-options",
    });
  }
});

test("a signed body that is not JSON is a SyntaxError", async () => {
  await expect(verifyWebhook(webhook(hmac("rubbish"), "rubbish"), { secret })).rejects.toBeInstanceOf(
    SyntaxError,
  );
});
