import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { serveSandbox } from "../../src/cli/serve-sandbox.ts";
import {
  createOrder,
  createSandbox,
  nextCallback,
  pay,
  type Sandbox,
  type SandboxOptions,
} from "../../src/sandbox/index.ts";
import { page, shop } from "./merchant.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A listening sandbox, and raw requests to it, because `fetch` cannot set `Host`. */
async function listening(options: SandboxOptions = {}) {
  const sandbox = createSandbox(options);
  const { server, url, close } = await serveSandbox(sandbox);
  closers.push(close);
  const { port } = server.address() as AddressInfo;
  const raw = (method: string, path: string, headers: Record<string, string>) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      let text = "";
      socket.on("data", (data) => (text += String(data)));
      socket.on("error", reject);
      socket.on("end", () => resolve({ status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]), text }));
      const lines = Object.entries({ ...headers, "Content-Length": "0", Connection: "close" });
      socket.write(
        `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
      );
    });
  return { sandbox, url, port, raw };
}

describe("a request with a foreign Host (DNS rebinding)", () => {
  const paths = [
    "/",
    "/v1/sessions/x",
    "/_sandbox/sessions",
    "/_sandbox/checkout",
    "/%5fsandbox/sessions",
    "/favicon.ico",
  ];
  test.each(paths)("is refused at %s", async (path) => {
    const { raw, port, sandbox } = await listening();
    const { id } = await createOrder(sandbox);
    for (const host of [
      `evil.example:${port}`,
      "evil.example",
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "192.168.1.7",
      "0.0.0.0",
    ]) {
      const answer = await raw("GET", path, { Host: host });
      expect(answer.status, host).toBe(403);
      expect(answer.text).toContain("host_not_allowed");
      expect(answer.text).not.toContain(id);
    }
  });

  test.each([
    "localhost",
    "LOCALHOST:1",
    "127.0.0.1",
    "127.8.9.1:80",
    "[::1]:4242",
    "shop.localhost",
    "localhost.",
  ])("%s is this machine", async (host) => {
    const { raw } = await listening();
    expect((await raw("GET", "/_sandbox/sessions", { Host: host })).status).toBe(200);
  });

  test("only allowed host names are answered", async () => {
    const { raw } = await listening({ hosts: ["sandbox", "dintero:4242"], url: "https://tunnel.example" });
    const status = async (host: string) => (await raw("GET", "/", { Host: host })).status;
    expect(await status("sandbox:8080")).toBe(200);
    expect(await status("dintero:4242")).toBe(200);
    expect(await status("dintero:4243")).toBe(403);
    expect(await status("tunnel.example")).toBe(200);
    expect(await status("sandbox.example")).toBe(403);
  });

  test("0.0.0.0 allows IP addresses, which DNS cannot redirect, but no names", async () => {
    const { raw } = await listening({ hosts: ["0.0.0.0"] });
    const status = async (host: string) => (await raw("GET", "/", { Host: host })).status;
    expect(await status("192.168.1.7:4242")).toBe(200);
    expect(await status("[fe80::1]:4242")).toBe(200);
    expect(await status("evil.example:4242")).toBe(403);
  });
});

describe("a page of another origin", () => {
  const foreign: [string, Record<string, string>][] = [
    ["a fetch of another site", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
    ["a form of another site", { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
    ["another port of localhost", { Origin: "http://localhost:3000", "Sec-Fetch-Site": "same-site" }],
    ["a browser without Sec-Fetch-Site", { Origin: "https://evil.example" }],
    ["a page on the disk", { Origin: "null" }],
    ["an image or a script tag, which name no origin", { "Sec-Fetch-Site": "cross-site" }],
  ];
  test.each(foreign)("is refused by the control API: %s", async (_, headers) => {
    const { raw, port, sandbox } = await listening();
    const { id } = await createOrder(sandbox);
    const Host = `127.0.0.1:${port}`;
    for (const [method, path] of [
      ["GET", "/_sandbox/sessions"],
      ["POST", "/_sandbox/sessions"],
      ["POST", `/_sandbox/sessions/${id}/pay`],
      ["POST", "/_sandbox/faults"],
      ["OPTIONS", "/_sandbox/sessions"],
      ["GET", "/%5Fsandbox/sessions"],
      ["GET", `/_sandbox/page/sessions/${id}`],
      ["POST", `/_sandbox/page/sessions/${id}/cancel`],
    ] as const) {
      const answer = await raw(method, path, { Host, ...headers });
      expect(answer.status, path).toBe(403);
      expect(answer.text).not.toMatch(/access-control-allow-origin/i);
      expect(answer.text).not.toContain("merchant_reference");
    }
    expect(sandbox.sessions.size).toBe(1);
    expect(sandbox.sessions.get(id)?.cancelled_at).toBeUndefined();
  });

  test.each([
    ["the console", { "Sec-Fetch-Site": "same-origin" }],
    ["the console's POST", { "Sec-Fetch-Site": "same-origin", Origin: "http://127.0.0.1:PORT" }],
    ["a browser without Sec-Fetch-Site", { Origin: "http://127.0.0.1:PORT" }],
    ["an address typed by the user", { "Sec-Fetch-Site": "none" }],
    ["curl", {}],
  ])("is not %s", async (_, headers) => {
    const { raw, port } = await listening();
    const own = Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", String(port))]);
    const answer = await raw("POST", "/_sandbox/sessions", {
      Host: `127.0.0.1:${port}`,
      ...Object.fromEntries(own),
    });
    expect(answer.status).toBe(200);
  });

  test("cannot frame the console, which moves money with a click, but can frame the checkout", async () => {
    const { url, sandbox } = await listening();
    const { id } = await createOrder(sandbox);
    const policy = async (path: string) => (await fetch(url + path)).headers.get("Content-Security-Policy");
    expect(await policy("/")).toContain("frame-ancestors 'none'");
    expect(await policy(`/?sid=${id}`)).toContain("frame-ancestors * file:");
  });

  test("may use the control API when its origin is allowed", async () => {
    const origin = "http://localhost:8000";
    const { raw, port } = await listening({ allowedOrigins: [origin] });
    const headers = { Host: `127.0.0.1:${port}`, "Sec-Fetch-Site": "cross-site" };
    const allowed = await raw("GET", "/_sandbox/sessions", { ...headers, Origin: origin });
    expect(allowed.status).toBe(200);
    expect(allowed.text).toMatch(/access-control-allow-origin: http:\/\/localhost:8000/i);
    expect(
      (await raw("GET", "/_sandbox/sessions", { ...headers, Origin: "http://localhost:8001" })).status,
    ).toBe(403);
  });

  test("gets the sandbox's sample session from /_sandbox/checkout, whatever it sends", async () => {
    const { url, sandbox } = await listening();
    const answer = await fetch(`${url}/_sandbox/checkout`, {
      method: "POST",
      headers: { Origin: "https://shop.example", "Sec-Fetch-Site": "cross-site" },
      body: JSON.stringify({ url: { callback_url: "http://127.0.0.1:1/" } }),
    });
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*");
    const { id } = (await answer.json()) as { id: string };
    expect(sandbox.sessions.get(id)?.url).toEqual({ return_url: `${url}/` });
  });
});

test("a page that posts thousands of times to /_sandbox/checkout removes no other session, open or paid", async () => {
  let clock = Date.parse("2026-11-22T20:00:00Z");
  const sandbox = createSandbox({ keep: 150, now: () => clock });
  const open = await createOrder(sandbox);
  const paid = await pay(await createOrder(sandbox));
  const post = async () =>
    (await sandbox.fetch("http://127.0.0.1/_sandbox/checkout", { method: "POST" })).status;
  const statuses = [];
  for (let count = 0; count < 2000; count++) statuses.push(await post());
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  for (let count = 0; count < 300; count++) {
    clock += 1000;
    expect(await post()).toBe(200);
  }
  expect(sandbox.sessions.size).toBe(102);
  expect(sandbox.sessions.get(open.id)).toBeDefined();
  expect(sandbox.transactions.get(paid.id)).toBeDefined();
});

test("a session of /_sandbox/checkout that was paid is kept as others are", async () => {
  let clock = Date.parse("2026-11-22T20:00:00Z");
  const sandbox = createSandbox({ now: () => clock });
  const post = async () => {
    clock += 1000;
    const answer = await sandbox.fetch("http://127.0.0.1/_sandbox/checkout", { method: "POST" });
    return (await answer.json()) as { id: string };
  };
  const { id } = await post();
  await pay(sandbox.sessions.get(id)!);
  for (let count = 0; count < 150; count++) await post();
  expect(sandbox.sessions.get(id)).toBeDefined();
});

describe("a body without an end", () => {
  const endless = () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 65_536;
        if (pulled > 100_000_000) controller.close();
        else controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    return { body, pulled: () => pulled };
  };
  const token = "/v1/accounts/T12345678/auth/token";
  const basic = ({ clientId, clientSecret }: Sandbox) => `Basic ${btoa(`${clientId}:${clientSecret}`)}`;

  test.each<[string, string, (sandbox: Sandbox) => string, number, number]>([
    ["of somebody without credentials is not read", token, () => "Basic x", 401, 200_000],
    ["is read up to the limit", token, basic, 413, 2_000_000],
    ["of the control API is read up to the limit", "/_sandbox/sessions", () => "", 413, 2_000_000],
  ])("%s: %s", async (_, path, authorization, status, most) => {
    const sandbox = createSandbox();
    const { body, pulled } = endless();
    const init = { method: "POST", body, duplex: "half", headers: { Authorization: authorization(sandbox) } };
    const answer = await sandbox.fetch(new Request(`http://127.0.0.1${path}`, init as RequestInit));
    expect(answer.status).toBe(status);
    expect(pulled()).toBeLessThan(most);
  });

  test("as the answer of a merchant's server to a callback is not read either", async () => {
    const { body, pulled } = endless();
    const sandbox = createSandbox({ fetch: async () => new Response(body) });
    const session = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/", callback_url: "http://127.0.0.1:1/" },
    });
    await pay(session);
    expect((await nextCallback(session)).state).toBe("delivered");
    expect(pulled()).toBeLessThan(2_000_000);
  });
});

describe("the control API of a sandbox that is reached over a network", () => {
  const tunnel = "a1.tunnel.example";
  const statusOf = async (
    path: string,
    { from = "127.0.0.1", host = tunnel, headers = {}, trustNetwork = false },
  ) => {
    const request = new Request(`http://${host}${path}`, { headers: { ...headers, Host: host } });
    const sandbox = createSandbox({ hosts: ["0.0.0.0"], url: `https://${tunnel}`, trustNetwork });
    const answer = await sandbox.fetch(request, { incoming: { socket: { remoteAddress: from } } });
    return [answer.status, await answer.text()] as const;
  };
  const loopback = "127.0.0.1:4242";

  test.each([
    ["/_sandbox/sessions", "127.0.0.1", 200],
    ["/_sandbox/sessions", "::1", 200],
    ["/_sandbox/sessions", "::ffff:127.0.0.1", 200],
    ["/_sandbox/sessions", "192.168.1.7", 403],
    ["/_sandbox/sessions", "::ffff:192.168.1.7", 403],
    ["/_sandbox", "192.168.1.7", 403],
    ["/%5fsandbox/sessions", "192.168.1.7", 403],
    ["/%5Fsand%62ox%2Fsessions", "192.168.1.7", 404],
    ["/_sandbox/page/sessions/T12345678.x", "192.168.1.7", 404],
    ["/", "192.168.1.7", 200],
  ])("%s requested from %s: %s", async (path, from, status) => {
    expect((await statusOf(path, { from, host: loopback }))[0]).toBe(status);
  });

  test.each([
    ["a tunnel, whose calls arrive from this machine", { host: tunnel }],
    ["a tunnel that names an address", { host: "192.168.1.2:4242" }],
    ["a tunnel that rewrites Host", { host: loopback, headers: { "X-Forwarded-For": "203.0.113.7" } }],
    ["a proxy that rewrites Host", { host: loopback, headers: { Forwarded: "for=203.0.113.7" } }],
  ])("is refused with the flag that opens it: %s", async (_, call) => {
    const [status, text] = await statusOf("/_sandbox/sessions", call);
    expect(status).toBe(403);
    expect(text).toContain("--trust-network");
    expect((await statusOf("/_sandbox/sessions", { ...call, trustNetwork: true }))[0]).toBe(200);
    // The shopper's page and the shop's calls work all the same.
    expect((await statusOf("/v1/view/T12345678.x", call))[0]).toBe(200);
  });

  test("stays closed to names that were not allowed, trusted network or not", async () => {
    const [status, text] = await statusOf("/_sandbox/sessions", { host: "evil.example", trustNetwork: true });
    expect(status).toBe(403);
    expect(text).toContain("--allow-host evil.example");
  });
});

describe("a callback to another machine", () => {
  async function paidWithCallback(sandbox: Sandbox, callback_url: string) {
    const session = await createOrder(sandbox, {
      url: { return_url: "https://shop.example/", callback_url },
    });
    await pay(session);
    return nextCallback(session);
  }
  /** Records the requests of the global `fetch` instead of sending them. */
  function recordFetch() {
    const real = globalThis.fetch;
    const called: string[] = [];
    globalThis.fetch = (async (input: string) => {
      called.push(input);
      return new Response();
    }) as typeof fetch;
    closers.push(async () => void (globalThis.fetch = real));
    return called;
  }

  test.each([
    "https://shop.example/callback",
    "http://192.168.1.7/callback",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1]/callback",
    "http://localhost.evil.example/",
    "http://127.0.0.1.nip.io/",
    "http://0.0.0.0/",
    "http://user:127.0.0.1@evil.example/",
  ])("is held back: %s", async (url) => {
    const called = recordFetch();
    const sandbox = createSandbox();
    const delivery = await paidWithCallback(sandbox, url);
    const { hostname } = new URL(url);
    expect(delivery).toMatchObject({
      state: "held-back",
      attempts: [],
      reason: `${hostname} is not this machine; allow it with --deliver-to ${hostname}`,
    });
    expect(called).toEqual([]);
    expect(
      sandbox.log.since(0).some(({ text }) => text.includes("held-back") && text.includes(hostname)),
    ).toBe(true);
  });

  test.each([
    "http://localhost:1/",
    "http://127.0.0.1:1/",
    "http://127.1:1/",
    "http://2130706433:1/",
    "http://[::1]:1/",
    "http://shop.localhost:1/",
    "http://LOCALHOST.:1/",
  ])("is not %s", async (url) => {
    const called = recordFetch();
    const delivery = await paidWithCallback(createSandbox(), url);
    expect(delivery.state).toBe("delivered");
    expect(called).toHaveLength(1);
  });

  test.each<[string[], string, string]>([
    [["shop.test"], "https://shop.test/", "delivered"],
    [["shop.test"], "https://SHOP.test:8443/", "delivered"],
    [["shop.test"], "https://a.shop.test/", "held-back"],
    [["shop:3000"], "http://shop:3000/", "delivered"],
    [["shop:3000"], "http://shop:22/", "held-back"],
    [["192.168.1.7", "fe80::1"], "http://[fe80::1]/", "delivered"],
    [["*"], "https://anything.example/", "delivered"],
  ])("with deliverTo %j: %s is %s", async (deliverTo, url, state) => {
    recordFetch();
    expect((await paidWithCallback(createSandbox({ deliverTo }), url)).state).toBe(state);
  });

  test("is sent by a custom fetch, unless deliverTo is set", async () => {
    const fetch = async () => new Response();
    const url = "https://shop.example/";
    expect((await paidWithCallback(createSandbox({ fetch }), url)).state).toBe("delivered");
    expect((await paidWithCallback(createSandbox({ fetch, deliverTo: [] }), url)).state).toBe("held-back");
  });

  test("is not reached by a redirect from this machine either", async () => {
    const other = await shop((_, response) => response.end());
    const merchant = await shop((_, response) => response.writeHead(307, { Location: other.url }).end());
    closers.push(other.close, merchant.close);
    const delivery = await paidWithCallback(createSandbox(), merchant.url);
    expect(delivery.attempts).toMatchObject([{ status: 307 }]);
    expect(other.arrived).toEqual([]);
  });

  test("an address and a discount code are not sent there either, and the shopper's page shows why", async () => {
    const called = recordFetch();
    const sandbox = createSandbox();
    const express = {
      shipping_options: [],
      shipping_address_callback_url: "https://shop.example/address",
      discount_codes: { max_count: 1, callback_url: "https://shop.example/discount" },
    };
    const configuration = { discounts: { express_discount_codes: { enabled: true } } };
    const { id } = await createOrder(sandbox, { express, configuration });
    const call = page(sandbox, id);
    const address = { country: "NO", postal_code: "0154" };
    for (const answer of [
      await call("/address", { address }),
      await call("/discount", { codes: ["SUMMER"] }),
    ]) {
      expect(answer.status).toBe(422);
      expect(answer.body.error.message).toContain("allow it with --deliver-to shop.example");
    }
    expect(called).toEqual([]);
    expect([...sandbox.deliveries].map(({ about, state }) => [about, state])).toEqual([
      ["address", "held-back"],
      ["discount", "held-back"],
    ]);
  });
});
