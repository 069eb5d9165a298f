import { createHmac } from "node:crypto";
import { createServer } from "node:net";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import {
  cancel,
  createOrder,
  createSandbox,
  decline,
  expire,
  hold,
  nextCallback,
  pay,
  release,
  type SandboxOptions,
} from "../../src/sandbox/index.ts";
import { callbackTimeout, defaultRetryDelay } from "../../src/sandbox/deliveries/delivery.ts";
import { merchant, page, shop, type Arrived } from "./merchant.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A shop that answers with these statuses in order, repeating the last; 0 resets, `undefined` never answers. */
async function open(query = "", statuses: (number | undefined)[] = [200], options: SandboxOptions = {}) {
  const answer = (_: Arrived, response: ServerResponse) => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status === 0) response.destroy();
    else if (status !== undefined) response.writeHead(status).end();
  };
  const server = await shop(answer);
  const sandbox = createSandbox({ secret: "s3cret", retryDelay: () => 0, ...options });
  closers.push(server.close, () => sandbox.reset());
  const callback_url = `${server.url}/callback${query}`;
  const session = await createOrder(sandbox, { url: { return_url: "https://shop.example/", callback_url } });
  return { sandbox, session, arrived: server.arrived };
}

/** Waits for the callback of another session, after which no earlier one is pending. */
async function untilSettled({ sandbox, session }: Awaited<ReturnType<typeof open>>) {
  const other = await createOrder(sandbox, {
    url: { ...session.url, callback_url: session.url.callback_url!.split("?")[0]! },
  });
  await pay(other);
  await nextCallback(other);
  return other;
}

describe("callbacks", () => {
  test("a paid session is called back by GET with its ids, reference and time", async () => {
    const { session, arrived } = await open();
    const { id } = await pay(session);
    expect(await nextCallback(session)).toMatchObject({ state: "delivered", attempts: [{ status: 200 }] });
    const [{ method, url, text }] = arrived as [Arrived];
    expect([method, url.pathname, text]).toEqual(["GET", "/callback", ""]);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      transaction_id: id,
      session_id: session.id,
      merchant_reference: "order-001",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test("the merchant's own parameters are kept", async () => {
    const { session, arrived } = await open("?shop=1&method=GET");
    await pay(session);
    await nextCallback(session);
    expect(arrived[0]?.url.searchParams.get("shop")).toBe("1");
  });

  test("method=POST sends the transaction as the body", async () => {
    const { sandbox, session, arrived } = await open("?method=POST");
    const { id } = await pay(session);
    await nextCallback(session);
    expect(arrived[0]?.method).toBe("POST");
    expect(arrived[0]?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(arrived[0]?.text ?? "")).toEqual(sandbox.transactions.get(id));
  });

  test("includes=session adds the session to the body", async () => {
    const { sandbox, session, arrived } = await open("?method=POST&includes=session");
    const { id } = await pay(session);
    await nextCallback(session);
    expect(JSON.parse(arrived[0]?.text ?? "")).toEqual({
      ...sandbox.transactions.get(id),
      session: sandbox.sessions.get(session.id),
    });
  });

  test("sid_parameter_name renames session_id", async () => {
    const { session, arrived } = await open("?sid_parameter_name=sid");
    await pay(session);
    await nextCallback(session);
    expect(arrived[0]?.url.searchParams.get("sid")).toBe(session.id);
    expect(arrived[0]?.url.searchParams.has("session_id")).toBe(false);
  });

  test.each([
    ["cancelled", (session: Awaited<ReturnType<typeof createOrder>>) => cancel(session)],
    ["failed", (session: Awaited<ReturnType<typeof createOrder>>) => decline(session)],
  ])("report_error=true also calls back when it was %s", async (error, end) => {
    const { session, arrived } = await open("?report_error=true");
    await end(session);
    await nextCallback(session);
    const { searchParams } = arrived[0]!.url;
    expect(searchParams.get("error")).toBe(error);
    expect(searchParams.has("transaction_id")).toBe(error === "failed");
  });

  test("report_error=true reports a failed authorization as an error", async () => {
    const { sandbox, session, arrived } = await open("?report_error=true");
    await page(sandbox, session.id)("/pay", {
      payment_product_type: "payex.creditcard",
      outcome: "unauthorized",
    });
    await nextCallback(session);
    expect(arrived[0]?.url.searchParams.get("error")).toBe("authorization");
  });

  test("without report_error there is no callback when it was not paid", async () => {
    const opened = await open();
    await decline(opened.session);
    const other = await untilSettled(opened);
    expect(opened.arrived.map(({ url }) => url.searchParams.get("session_id"))).toEqual([other.id]);
  });

  test("report_event calls back for each named event, and can be repeated", async () => {
    const { sandbox, session, arrived } = await open("?report_event=CAPTURE&report_event=REFUND");
    const call = await merchant(sandbox);
    const { id } = await pay(session);
    await nextCallback(session);
    for (const action of ["capture", "refund"]) {
      await call("POST", `/transactions/${id}/${action}`, { amount: 100 });
      await nextCallback(session);
    }
    const events = arrived.map(({ url }) => url.searchParams.get("event"));
    expect(events).toEqual([null, "CAPTURE", "REFUND"]);
    const ids = sandbox.transactions
      .get(id)
      ?.events.slice(2)
      .map((event) => event.id);
    expect(arrived.slice(1).map(({ url }) => url.searchParams.get("event_id"))).toEqual(ids);
  });

  test("report_event=VOID calls back for a void, but not for a capture", async () => {
    const opened = await open("?report_event=VOID");
    const { session, arrived } = opened;
    const call = await merchant(opened.sandbox);
    await pay(session);
    await nextCallback(session);
    await call("POST", `/sessions/${session.id}/cancel`);
    await nextCallback(session);
    expect(arrived[1]?.url.searchParams.get("event")).toBe("VOID");
    const other = await createOrder(opened.sandbox, { url: session.url });
    const { id } = await pay(other);
    await nextCallback(other);
    await call("POST", `/transactions/${id}/capture`, { amount: 100 });
    await untilSettled(opened);
    expect(arrived.map(({ url }) => url.searchParams.get("event"))).toEqual([null, "VOID", null, null]);
  });

  test.each([
    ["delay_callback=30", 30_000],
    ["delay_callback=600", 60_000],
    ["delay_callback=-5", undefined],
    ["delay_callback=soon", undefined],
  ])("%s waits %s ms, 60 s at most", async (query, ms) => {
    const now = Date.parse("2026-01-01T12:00:00Z");
    const { sandbox, session, arrived } = await open(`?${query}`, [200], { now: () => now });
    await pay(session);
    const [delivery] = [...sandbox.deliveries];
    expect(delivery?.nextAt && Date.parse(delivery.nextAt) - now).toBe(ms);
    sandbox.deliveries.hurry();
    await nextCallback(session);
    expect(arrived).toHaveLength(1);
  });

  test.each(["AUTHORIZED", "FAILED"] as const)(
    "ON_HOLD is called back at once, and again when it is %s",
    async (status) => {
      const opened = await open();
      const { session, arrived } = opened;
      await hold(session);
      await nextCallback(session);
      await release(session, status);
      await nextCallback(session);
      const other = await untilSettled(opened);
      expect(arrived.map(({ url }) => url.searchParams.get("session_id"))).toEqual([
        session.id,
        session.id,
        other.id,
      ]);
      expect(arrived[1]?.url.searchParams.get("error")).toBe(status === "FAILED" ? "failed" : null);
    },
  );

  test("an expired session sends no callback", async () => {
    const opened = await open("?report_error=true");
    await expire(opened.session);
    await untilSettled(opened);
    expect(opened.arrived).toHaveLength(1);
  });

  test("http and localhost are called, unlike by the real service", async () => {
    const { session, arrived } = await open();
    expect(session.url.callback_url).toMatch(/^http:\/\/127/);
    await pay(session);
    await nextCallback(session);
    expect(arrived).toHaveLength(1);
  });
});

describe("signature", () => {
  test("each call carries Dintero-Signature over its six lines", async () => {
    const now = () => 1_582_236_537_000;
    const { session, arrived } = await open("?B=a b&A=ø&method=POST", [200], { now });
    await pay(session);
    await nextCallback(session);
    const [{ url, headers }] = arrived as [Arrived];
    const query = new URLSearchParams(url.search);
    query.sort();
    expect(query.toString()).toContain("A=%C3%B8&B=a+b&");
    const lines = ["1582236537", "T12345678", "POST", "127.0.0.1", "/callback", query.toString()].join("\n");
    const hex = createHmac("sha256", "s3cret").update(lines).digest("hex");
    expect(headers["dintero-signature"]).toBe(`t=1582236537,v0-hmac-sha256=${hex}`);
  });

  test("each delivery has its own id in event-delivery; retries keep it and have a new time", async () => {
    let now = 1_582_236_537_000;
    const { sandbox, session, arrived } = await open("", [500, 200], { now: () => (now += 1000) });
    await pay(session);
    const delivery = await nextCallback(session);
    const other = await createOrder(sandbox, { url: session.url });
    await pay(other);
    await nextCallback(other);
    const ids = arrived.map(({ headers }) => headers["event-delivery"]);
    expect(ids[0]).toBe(delivery.id);
    expect(ids[1]).toBe(delivery.id);
    expect(ids[2]).not.toBe(delivery.id);
    const [first, second] = arrived.map(({ headers }) => headers["dintero-signature"]);
    expect(first).not.toBe(second);
  });

  test("the log keeps each attempt with its status and the signed lines, without a secret", async () => {
    const { sandbox, session } = await open("", [503, 200]);
    await pay(session);
    const delivery = await nextCallback(session);
    expect(delivery.attempts.map(({ status }) => status)).toEqual([503, 200]);
    expect(delivery.attempts[0]?.signed.split("\n").slice(1, 5)).toEqual([
      "T12345678",
      "GET",
      "127.0.0.1",
      "/callback",
    ]);
    expect(sandbox.deliveries.get(delivery.id)).toMatchObject({ id: delivery.id, state: "delivered" });
    expect(JSON.stringify([...sandbox.deliveries])).not.toContain("s3cret");
  });
});

describe("delivery", () => {
  test("a 5xx is retried until it is a 2xx", async () => {
    const { session, arrived } = await open("", [500, 502, 503, 204]);
    await pay(session);
    expect(await nextCallback(session)).toMatchObject({ state: "delivered" });
    expect(arrived).toHaveLength(4);
  });

  test.each([400, 401, 404, 410, 429])("a %i is final", async (status) => {
    const { session, arrived } = await open("", [status, 200]);
    await pay(session);
    expect(await nextCallback(session)).toMatchObject({ state: "refused", attempts: [{ status }] });
    expect(arrived).toHaveLength(1);
  });

  test("it is given up after 20 retries", async () => {
    const { session, arrived } = await open("", [500]);
    await pay(session);
    expect(await nextCallback(session)).toMatchObject({ state: "given-up" });
    expect(arrived).toHaveLength(21);
  });

  test("a merchant who is down for 19 attempts receives the 20th", async () => {
    const { session, arrived } = await open("", [...Array<number>(19).fill(500), 200]);
    await pay(session);
    expect(await nextCallback(session)).toMatchObject({ state: "delivered" });
    expect(arrived).toHaveLength(20);
  });

  test("a broken connection is retried", async () => {
    const { session } = await open("", [0, 200]);
    await pay(session);
    const { attempts } = await nextCallback(session);
    expect(attempts[0]?.status).toBeUndefined();
    expect(attempts[0]?.error).toMatch(/ECONN|SOCKET/);
    expect(attempts[1]?.status).toBe(200);
  });

  test("no answer within the timeout is retried; the default is 10 s", async () => {
    const { session } = await open("", [undefined, 200], { callbackTimeout: 50 });
    await pay(session);
    const { attempts } = await nextCallback(session);
    // On a busy machine the second one may time out too.
    expect([attempts[0]?.error, attempts.at(-1)?.status]).toEqual(["timeout", 200]);
    expect(callbackTimeout).toBe(10_000);
  });

  test("a 1xx is retried", async () => {
    let calls = 0;
    const raw = createServer((socket) => {
      calls += 1;
      const answer =
        calls === 1
          ? "101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade"
          : "200 OK\r\nContent-Length: 0";
      socket.once("data", () => socket.end(`HTTP/1.1 ${answer}\r\n\r\n`));
      socket.on("error", () => {});
    });
    await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
    closers.push(() => void raw.close());
    const sandbox = createSandbox({ retryDelay: () => 0 });
    const callback_url = `http://127.0.0.1:${(raw.address() as AddressInfo).port}/`;
    const session = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/", callback_url },
    });
    await pay(session);
    expect((await nextCallback(session)).attempts.map(({ status }) => status)).toEqual([undefined, 200]);
  });

  test("redirects are not followed", async () => {
    const server = await shop((_, response) => response.writeHead(302, { location: "/elsewhere" }).end());
    closers.push(server.close);
    const callback_url = `${server.url}/callback`;
    const session = await createOrder(createSandbox(), {
      url: { return_url: "https://x.example/", callback_url },
    });
    await pay(session);
    expect(await nextCallback(session)).toMatchObject({ state: "refused", attempts: [{ status: 302 }] });
    expect(server.arrived).toHaveLength(1);
  });

  test("the pauses between attempts grow, and can be skipped or shortened", async () => {
    expect([1, 2, 3, 4, 20].map(defaultRetryDelay)).toEqual([1000, 2000, 4000, 8000, 300_000]);
    const { sandbox, session } = await open("", [500, 200], { retryDelay: defaultRetryDelay });
    await pay(session);
    let seen = sandbox.log.seq;
    while (![...sandbox.deliveries][0]?.nextAt)
      seen = (await sandbox.log.next(seen, 5000)).at(-1)?.seq ?? seen;
    sandbox.deliveries.hurry();
    expect(await nextCallback(session)).toMatchObject({ state: "delivered" });
  });

  test("the body of a retry is the current transaction", async () => {
    const query = "?method=POST";
    const { sandbox, session, arrived } = await open(query, [500, 200], { retryDelay: defaultRetryDelay });
    await hold(session);
    let seen = 0;
    while (![...sandbox.deliveries][0]?.nextAt)
      seen = (await sandbox.log.next(seen, 5000)).at(-1)?.seq ?? seen;
    await release(session, "AUTHORIZED");
    sandbox.deliveries.hurry();
    await nextCallback(session);
    await nextCallback(session);
    const first = arrived[0]?.headers["event-delivery"];
    const bodies = arrived
      .filter(({ headers }) => headers["event-delivery"] === first)
      .map(({ text }) => (JSON.parse(text) as { status: string }).status);
    expect(bodies).toEqual(["ON_HOLD", "AUTHORIZED"]);
  });

  test("the last 500 are kept", async () => {
    const sandbox = createSandbox({ fetch: () => Promise.resolve(new Response()) });
    const url = { return_url: "https://shop.example/", callback_url: "https://shop.example/callback" };
    for (let i = 0; i <= 500; i++) {
      const session = await createOrder(sandbox, { url });
      await pay(session);
      await nextCallback(session);
    }
    expect([...sandbox.deliveries]).toHaveLength(500);
    expect(sandbox.deliveries.finished.since(0)).toHaveLength(500);
  });

  test("a callback can be replayed with a new delivery id", async () => {
    const { sandbox, session, arrived } = await open();
    await pay(session);
    const { id } = await nextCallback(session);
    await sandbox.deliveries.replay(id);
    await nextCallback(session);
    const ids = arrived.map(({ headers }) => headers["event-delivery"]);
    expect(new Set(ids).size).toBe(2);
    expect(arrived[0]?.url.search).toBe(arrived[1]?.url.search);
  });

  test("a dozen simultaneous deliveries cause no warning", async () => {
    const warnings: Error[] = [];
    const record = (warning: Error) => void warnings.push(warning);
    process.on("warning", record);
    closers.push(() => void process.off("warning", record));
    const waiting: ServerResponse[] = [];
    const server = await shop((_, response) => {
      waiting.push(response);
      if (waiting.length === 12) for (const each of waiting) each.writeHead(200).end();
    });
    const sandbox = createSandbox();
    closers.push(server.close, () => sandbox.reset());
    const url = { return_url: "https://shop.example/", callback_url: `${server.url}/callback` };
    const sessions = await Promise.all(Array.from(Array(12), () => createOrder(sandbox, { url })));
    await Promise.all(sessions.map((session) => pay(session)));
    await Promise.all(sessions.map((session) => nextCallback(session)));
    expect(warnings).toEqual([]);
  });

  test("after a reset nothing more is delivered", async () => {
    const { sandbox, session, arrived } = await open("", [500], { retryDelay: defaultRetryDelay });
    await pay(session);
    let seen = 0;
    while (![...sandbox.deliveries][0]?.nextAt)
      seen = (await sandbox.log.next(seen, 5000)).at(-1)?.seq ?? seen;
    sandbox.reset();
    expect([...sandbox.deliveries]).toEqual([]);
    const later = await createOrder(sandbox, { url: session.url });
    await pay(later);
    while (arrived.length < 2) await sandbox.log.next(sandbox.log.seq, 5000);
    expect(arrived[1]?.url.searchParams.get("session_id")).toBe(later.id);
  });
});

describe("callback faults", () => {
  test("a callback is delivered twice", async () => {
    const { sandbox, session, arrived } = await open();
    sandbox.faults.add({ callback: { twice: true }, session: session.id });
    await pay(session);
    await nextCallback(session);
    await nextCallback(session);
    expect(new Set(arrived.map(({ headers }) => headers["event-delivery"])).size).toBe(2);
  });

  test("a callback is never sent", async () => {
    const opened = await open();
    opened.sandbox.faults.add({ callback: { never: true }, session: opened.session.id });
    await pay(opened.session);
    const other = await untilSettled(opened);
    expect(opened.arrived.map(({ url }) => url.searchParams.get("session_id"))).toEqual([other.id]);
  });

  test("the callback is answered before the shopper returns", async () => {
    const { sandbox, session, arrived } = await open();
    sandbox.faults.add({ callback: { beforeReturn: true } });
    await page(sandbox, session.id)("/pay", { payment_product_type: "vipps", outcome: "authorized" });
    expect(arrived).toHaveLength(1);
  });

  test("the callback is delivered long after the return", async () => {
    const { sandbox, session, arrived } = await open();
    sandbox.faults.add({ callback: { delay: 3_600_000 } });
    await page(sandbox, session.id)("/pay", { payment_product_type: "vipps", outcome: "authorized" });
    expect(arrived).toHaveLength(0);
    sandbox.deliveries.hurry();
    await nextCallback(session);
    expect(arrived).toHaveLength(1);
  });
});
