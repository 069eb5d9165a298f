// What the doctor fetches may be anything: it answers in bounded time and memory.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements } from "../../src/cli/doctor/markup.ts";
import { reach, Unreachable } from "../../src/cli/doctor/reach.ts";
import { doctor, sandboxed, serve } from "./support.ts";

const limit = 1024 * 1024;
const tag = "<!doctype html><title>Shop</title><dintero-checkout></dintero-checkout>";

describe("an answer is read up to 1 MB", () => {
  test("of an endless body", async () => {
    let closed = false;
    const url = await serve((_, response) => {
      const write = () =>
        void (response.destroyed || (response.write("x".repeat(65_536)), setImmediate(write)));
      response.on("close", () => (closed = true));
      write();
    });
    const { text } = await reach(url);
    expect(text.length).toBeGreaterThanOrEqual(limit);
    expect(text.length).toBeLessThan(2 * limit);
    await expect.poll(() => closed).toBe(true);
  });

  test("of what a few bytes decompress to", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * limit));
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    expect((await reach(url)).text.length).toBeLessThan(2 * limit);
  });

  test("and one that never ends in time is unreachable", async () => {
    const url = await serve((_, response) => void response.writeHead(200).write("<html>"));
    await expect(reach(url, {}, { timeout: 50 })).rejects.toThrow(Unreachable);
  });
});

describe("markup", () => {
  test.each([
    ["an attribute that never ends", `<meta ${"a".repeat(200_000)}`],
    ["many unfinished tags", "<meta ".repeat(50_000)],
    ["comments that never end", "<!--".repeat(50_000)],
    ["scripts that never end", "<script>".repeat(50_000)],
    ["deep nesting", `${"<div>".repeat(100_000)}${tag}`],
    ["quotes without an end", `<meta content="${"'".repeat(200_000)}`],
  ])("%s is read in one pass", (_, html) => {
    expect(elements(html + tag, "meta")).toBeInstanceOf(Array);
  });

  test("what stands in comments, scripts and text areas is no element", () => {
    const hidden = "<!-- <meta name=a> --><script>'<meta name=b>'</script><textarea><meta name=c></textarea>";
    expect(elements(`${hidden}<META NAME=d CONTENT='1 &amp; 2'>`, "meta")).toEqual([
      new Map([
        ["name", "d"],
        ["content", "1 & 2"],
      ]),
    ]);
  });
});

test("any page at all gets findings, and an exit code", async () => {
  const page = fc.record({
    status: fc.integer({ min: 200, max: 599 }),
    headers: fc.dictionary(
      fc.constantFrom(
        "content-security-policy",
        "permissions-policy",
        "cross-origin-embedder-policy",
        "location",
      ),
      fc.string({ unit: fc.constantFrom(..."abc'\"; *:/=(),-\t") }),
    ),
    html: fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("<", "meta", " ", ">", "=", '"', "dintero-checkout", "script"))
        .map((parts) => parts.join("")),
    ),
  });
  const { env } = await sandboxed();
  let next = { status: 200, headers: {}, html: "" };
  const server = createServer((_, response) => {
    response.writeHead(next.status, next.headers).end(next.html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await fc.assert(
      fc.asyncProperty(page, async (given) => {
        next = given;
        const { code, checks } = await doctor(env, ["--url", url]);
        expect([0, 1]).toContain(code);
        expect(checks.some(({ name }) => name.startsWith("page"))).toBe(true);
      }),
      { numRuns: 100, seed: 20261201 },
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

describe("the page and its tag", () => {
  const html = async (body: string) => serve((_, response) => void response.writeHead(200).end(body));

  test("a page without the tag fails, with what to do", async () => {
    const { env } = await sandboxed();
    const { find, code } = await doctor(env, ["--url", await html("<title>Other</title>")]);
    expect(find("page tag")).toMatchObject({
      status: "failed",
      fix: expect.stringContaining("console") as string,
    });
    expect(code).toBe(1);
  });

  test("a page with the tag passes, and the warm start is recommended", async () => {
    const { env, url } = await sandboxed();
    const { find, code } = await doctor(env, ["--url", await html(tag)]);
    expect(find("page tag")).toMatchObject({ status: "passed" });
    expect(find("page warm start")).toMatchObject({
      status: "passed",
      fix: expect.stringContaining(`${url}/favicon.ico`) as string,
    });
    expect(code).toBe(0);
  });

  test("a page with the warm start gets no recommendation", async () => {
    const { env, url } = await sandboxed();
    const warm = `${tag}<iframe hidden sandbox="allow-same-origin" src="${url}/favicon.ico"></iframe>`;
    expect((await doctor(env, ["--url", await html(warm)])).find("page warm start")).toBeUndefined();
  });
});

test.each(["http://sandbox:4242", "http://10.0.0.5:4242", "http://sandbox.internal:4242"])(
  "a sandbox in the same network is allowed without https: %s",
  async (address) => {
    const { env } = await sandboxed();
    const { find } = await doctor({ ...env, DINTERO_API_URL: address, DINTERO_CHECKOUT_URL: address });
    expect(find("environment")).toMatchObject({ status: "passed" });
    expect(find("credentials")?.message).not.toMatch(/skipped/);
  },
);
