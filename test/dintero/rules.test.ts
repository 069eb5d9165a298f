// The client refuses what Dintero would refuse or misread, and the sandbox answers as Dintero does, by the same rules.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { stricterClient } from "../../src/dintero/rules/differences.ts";
import { sessionWarnings } from "../../src/dintero/rules/warnings.ts";
import { newSession } from "../../src/dintero/rules/session.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { merchant } from "../sandbox/merchant.ts";
import { tShirt } from "../server/support/order.ts";
import { acceptedSessions, refusedSessions } from "./sessions.ts";

const strict = { "Dintero-Feature-Toggles": "strict-session-amounts" };
const post = async (session: unknown) => {
  const call = await merchant(createSandbox());
  return call("POST", "/sessions-profile", session as object, strict);
};
/** BigInt and NaN are not JSON: they do not reach a server. */
const isJson = (session: unknown) => {
  try {
    return JSON.stringify(session, (_, value: unknown) => {
      if (Number.isNaN(value)) throw new TypeError("NaN");
      return value;
    });
  } catch {
    return false;
  }
};
const isMeant = (session: unknown) => newSession(session, "").some(({ code }) => code in stricterClient);

describe("what the client refuses, the sandbox answers with 400 and the same sentence", () => {
  const rows = refusedSessions.filter(([, session]) => isJson(session) && !isMeant(session));
  test.each(rows)("%s", async (message, session) => {
    const { status, body } = await post(session);
    expect(status).toBe(400);
    const messages = (body.error.errors as { message: string }[]).map((problem) => problem.message);
    expect(messages).toContainEqual(expect.stringMatching(message));
  });
});

test.each(acceptedSessions)("%s: what the client sends, the sandbox takes", async (_, session) => {
  const { status, body } = await post(session);
  expect([status, body.error]).toEqual([200, undefined]);
});

test("a rate instead of a percentage is refused by the client alone", async () => {
  const order = { ...tShirt.order, items: [{ ...tShirt.order.items![0], vat: 0.25 }] };
  expect(newSession({ ...tShirt, order }, "")).toMatchObject([{ code: "rate" }]);
  expect((await post({ ...tShirt, order })).status).toBe(200);
});

test("docs/sandbox.md has every meant difference with its reason", () => {
  const docs = readFileSync(new URL("../../docs/sandbox.md", import.meta.url), "utf8");
  for (const reason of Object.values(stricterClient)) expect(docs).toContain(reason);
});

test.each([
  [
    { ...tShirt, order: { ...tShirt.order, merchant_reference: crypto.randomUUID() } },
    "order.merchant_reference",
  ],
  [{ ...tShirt, url: { ...tShirt.url, callback_url: "http://localhost:3000/callback" } }, "url.callback_url"],
  [{ ...tShirt, url: { ...tShirt.url, callback_url: "https://127.0.0.1/callback" } }, "url.callback_url"],
  [{ ...tShirt, url: { ...tShirt.url, callback_url: "http://shop.example/callback" } }, "url.callback_url"],
])("what the real Dintero may refuse is a warning: %#", (session, path) => {
  expect(sessionWarnings(session)).toMatchObject([{ path }]);
});

test("a session that Dintero takes has no warning", () => {
  expect(sessionWarnings(tShirt)).toEqual([]);
});
