import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";

const sandbox = createSandbox();
const get = (path: string, headers: Record<string, string> = {}) =>
  sandbox.fetch(`https://sandbox.test${path}`, { headers });

describe("documents", () => {
  test.each(["/?sid=T12345678.x", "/v1/view/T12345678.x", "/embedResult/?sid=T12345678.x"])(
    "%s is a page that any frame may embed and that is never cached",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      });
      expect(answer.headers.get("Content-Security-Policy")).toContain("frame-ancestors *");
      expect(await answer.text()).toMatch(/^<!doctype html>/i);
    },
  );

  test("the console cannot be framed", async () => {
    const answer = await get("/");
    expect(answer.headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
  });

  test("the address shows the console without a sid, and the hosted page with one", async () => {
    expect(await (await get("/")).text()).not.toBe(await (await get("/?sid=T12345678.x")).text());
  });

  test("the address never becomes markup", async () => {
    const evil = `"><script>alert(1)</script>`;
    const query = ["sid", "language", "ui", "role", "error", "transaction_id", "merchant_reference"]
      .map((name) => `${name}=${encodeURIComponent(evil)}`)
      .join("&");
    for (const path of [
      `/?${query}`,
      `/embedResult/?${query}`,
      `/v1/view/${encodeURIComponent(evil)}?${query}`,
    ])
      expect(await (await get(path)).text()).not.toContain("<script>alert(1)");
  });

  test.each(["/?sid=T12345678.x", "/"])("%s runs only its own script", async (path) => {
    const page = await (await get(path)).text();
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, nonce] = /(?:^|; )script-src 'nonce-(\w{24})'(?:;|$)/.exec(policy) ?? [];
    expect(policy).toMatch(/^default-src 'none';/);
    expect(nonce).toBeDefined();
    expect(page).toContain(`<script nonce="${nonce}">`);
    expect(await (await get(path)).text(), "another one each time").not.toContain(nonce);
  });

  test("/favicon.ico is a small static image, suitable for warming up a connection", async () => {
    const answer = await get("/favicon.ico");
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "image/gif"]);
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(100);
    expect(answer.headers.get("Cache-Control")).toContain("max-age");
  });
});
