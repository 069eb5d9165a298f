// Requests of real integrations, recorded from their own code, against the sandbox. Tests do not assert what Dintero's
// description leaves open ("unknown" in a recording). See README.md for the format.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createSandbox, pay } from "../../../src/sandbox/index.ts";
import type { Body } from "../merchant.ts";

type Json = Readonly<Record<string, unknown>>;

interface Expectation {
  readonly status: number | readonly number[];
  readonly transaction_status?: string;
  readonly has?: readonly string[];
  readonly array?: boolean;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly auth?: "basic";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly before?: { readonly pay?: string; readonly lock?: boolean };
  readonly expect: Expectation | "unknown";
  readonly why?: string;
}

interface Recording {
  readonly client: string;
  readonly version: string;
  readonly calls: readonly Call[];
}

const base = "https://checkout.test";
const recordings = ["woocommerce", "magento", "node-sdk"].map(
  (name) => JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8")) as Recording,
);

/** One client's run, with the sessions and payments so far. */
class Run {
  readonly #sandbox = createSandbox({ fetch: async () => new Response() });
  #token = "";
  #session = "";
  #transaction = "";

  async play(call: Call): Promise<{ status: number; body: Body }> {
    if (call.before?.pay !== undefined) {
      const session = this.#sandbox.sessions.get(this.#session);
      if (!session) throw new Error(`There is no session to pay before ${call.method} ${call.path}`);
      const { id } = await pay(session, { payment_product_type: call.before.pay });
      this.#transaction = id;
    }
    if (call.before?.lock) {
      const path = `${base}/_sandbox/page/sessions/${this.#session}/lock`;
      await this.#sandbox.fetch(path, { method: "POST", body: "{}" });
    }
    const response = await this.#sandbox.fetch(base + this.#fill(call.path), {
      method: call.method,
      headers: {
        Authorization: call.auth === "basic" ? this.#basic() : `Bearer ${this.#token}`,
        "Content-Type": "application/json",
        ...call.headers,
      },
      ...(call.body !== undefined && { body: this.#fill(JSON.stringify(call.body)) }),
    });
    const body = (await response.json()) as Body;
    if (response.ok && call.auth === "basic") this.#token = body.access_token;
    if (response.ok && call.method === "POST" && /\/(sessions|sessions-profile)$/.test(call.path))
      this.#session = body.id;
    return { status: response.status, body };
  }

  #basic(): string {
    const { clientId, clientSecret } = this.#sandbox;
    return `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
  }

  #fill(text: string): string {
    return text
      .replaceAll("{session_id}", this.#session)
      .replaceAll("{transaction_id}", this.#transaction)
      .replaceAll("{in_4_hours}", new Date(Date.now() + 4 * 3_600_000).toISOString());
  }
}

for (const { client, version, calls } of recordings) {
  describe(`${client} ${version}`, () => {
    const run = new Run();
    // Each call builds on those before it.
    test.each(calls.map((call, index) => [index + 1, call.method, call.path, call] as const))(
      "%i: %s %s",
      async (_, __, ___, call) => {
        const { status, body } = await run.play(call);
        if (call.expect === "unknown") return expect(status).toBeLessThan(500);
        const { transaction_status: transactionStatus, has = [], array } = call.expect;
        const context = JSON.stringify(body.error ?? {});
        expect([call.expect.status].flat(), context).toContain(status);
        if (array) expect(body).toBeInstanceOf(Array);
        for (const field of has) expect(body, `${field} is missing`).toHaveProperty([field]);
        if (transactionStatus !== undefined && transactionStatus !== "unknown")
          expect((body as Json)["status"]).toBe(transactionStatus);
      },
    );
  });
}

test("every recorded call is tested, and every documented answer is asserted", () => {
  const counts = recordings.map(({ client, calls }) => [
    client,
    calls.length,
    calls.filter(({ expect }) => expect === "unknown").length,
  ]);
  expect(counts).toEqual([
    ["Dintero.Checkout.WooCommerce.V2", 18, 1],
    ["Dintero.Checkout.Magento.V2", 17, 1],
    ["@dintero/node-sdk", 38, 0],
  ]);
});
