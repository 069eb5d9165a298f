// The doctor's checks of a page and its headers.
import { describe, expect, test } from "vitest";
import { parsePolicies, refusingDirective } from "../../src/cli/doctor/csp.ts";
import { allowsFrame } from "../../src/cli/doctor/permissions-policy.ts";
import { doctor, nowhere, sandboxed, serve } from "./support.ts";

const checkout = new URL("https://checkout.dintero.com");

describe("Content-Security-Policy", () => {
  const page = new URL("https://shop.example/checkout");
  const refusedBy = (...policies: string[]) =>
    refusingDirective({ policies: parsePolicies(policies), directive: "frame-src", url: checkout, page });

  test.each([
    [""],
    ["script-src 'self'"],
    ["frame-src https://checkout.dintero.com"],
    ["FRAME-SRC  https://CHECKOUT.dintero.com"],
    ["frame-src checkout.dintero.com"],
    ["frame-src https://checkout.dintero.com:443"],
    ["frame-src http://checkout.dintero.com"],
    ["frame-src https://*.dintero.com"],
    ["frame-src https:"],
    ["frame-src *"],
    ["default-src 'none'; child-src https://checkout.dintero.com"],
    ["default-src 'self' https://checkout.dintero.com:*"],
    ["frame-src https://checkout.dintero.com/"],
    ["frame-src https://checkout.dintero.com; frame-src 'none'"],
  ])("“%s” allows the frame", (policy) => {
    expect(refusedBy(policy)).toBeUndefined();
  });

  test.each([
    ["frame-src 'none'", "frame-src"],
    ["frame-src", "frame-src"],
    ["frame-src 'self'", "frame-src"],
    ["child-src 'self'", "child-src"],
    ["default-src 'self'", "default-src"],
    ["frame-src https://dintero.com", "frame-src"],
    ["frame-src https://checkout.dintero.com.evil.example", "frame-src"],
    ["frame-src https://*.checkout.dintero.com", "frame-src"],
    ["frame-src https://checkout.dintero.com:8443", "frame-src"],
    ["frame-src https://checkout.dintero.com/v2/", "frame-src"],
    ["frame-src data: blob:", "frame-src"],
    ["frame-src *, default-src 'self'", "default-src"],
  ])("“%s” refuses the frame", (policy, directive) => {
    expect(refusedBy(policy)).toBe(directive);
  });

  test("every policy has to allow it", () => {
    expect(refusedBy("frame-src *", "frame-src 'self'")).toBe("frame-src");
  });
});

describe("Permissions-Policy", () => {
  const page = new URL("https://shop.example/checkout");
  const allowed = (header: string | null) =>
    allowsFrame({ header, feature: "payment", origin: checkout.origin, page });

  test.each([
    [null],
    ["camera=()"],
    ["payment=*"],
    ["payment=(*)"],
    [`payment=(self "https://checkout.dintero.com")`],
    [`camera=(), payment=(self "https://*.dintero.com"), geolocation=()`],
    [`payment=("https://shop.example" "https://checkout.dintero.com")`],
  ])("%s allows wallets", (header) => {
    expect(allowed(header)).toBe(true);
  });

  test.each([
    ["payment=()"],
    ["payment=self"],
    ["payment=(self)"],
    [`payment=("https://checkout.dintero.com")`],
    [`payment=(self "https://dintero.com")`],
    [`camera=*, payment = ()`],
  ])("%s refuses wallets", (header) => {
    expect(allowed(header)).toBe(false);
  });
});

describe("a page", () => {
  /** The findings about a page, by name. */
  async function look(
    html: string,
    headers: Record<string, string> | ((checkoutUrl: string) => Record<string, string>),
  ) {
    const { env } = await sandboxed();
    const sent = typeof headers === "function" ? headers(env["DINTERO_CHECKOUT_URL"]!) : headers;
    const url = await serve((_request, response) => void response.writeHead(200, sent).end(html));
    const { code, find } = await doctor(env, ["--url", url]);
    return { code, status: (name: string) => find(name)?.status, find };
  }

  test("without any header allows everything", async () => {
    const { code, status } = await look("<!doctype html><dintero-checkout></dintero-checkout>", {});
    expect(["page", "page frame", "page script", "page wallets"].map(status)).toEqual(
      Array(4).fill("passed"),
    );
    expect(code).toBe(0);
  });

  test("whose header refuses the frame gets the directive to add", async () => {
    const { code, find } = await look("", { "content-security-policy": "frame-src 'self'" });
    expect(find("page frame")).toMatchObject({
      status: "failed",
      fix: expect.stringMatching(/^Add: frame-src http/) as string,
    });
    expect(code).toBe(1);
  });

  test("a policy in its markup counts, one in a comment or in the text of a script does not", async () => {
    const meta = `<meta http-equiv="Content-Security-Policy" content="frame-src &#39;self&#39;">`;
    expect((await look(meta, {})).status("page frame")).toBe("failed");
    expect((await look(`<!-- ${meta} -->`, {})).status("page frame")).toBe("passed");
    expect((await look(`<script>const page = '${meta}'</script>`, {})).status("page frame")).toBe("passed");
  });

  test("two headers both count, a report-only one does not", async () => {
    const { code, status } = await look("<dintero-checkout></dintero-checkout>", {
      "content-security-policy-report-only": "frame-src 'none'",
    });
    expect(status("page frame")).toBe("passed");
    expect(code).toBe(0);
    const { env } = await sandboxed();
    const url = await serve((_request, response) => {
      response.setHeader("content-security-policy", ["frame-src *", "frame-src 'self'"]).end();
    });
    expect((await doctor(env, ["--url", url])).find("page frame")?.status).toBe("failed");
  });

  test.each(["require-corp", "credentialless"])(
    "with Cross-Origin-Embedder-Policy: %s fails",
    async (value) => {
      const { find } = await look("", { "cross-origin-embedder-policy": value });
      expect(find("page frame")?.message).toContain("Cross-Origin-Embedder-Policy");
    },
  );

  test("that refuses wallets gets the header to send", async () => {
    const { code, find } = await look("", { "permissions-policy": "payment=()" });
    expect(find("page wallets")).toMatchObject({
      status: "failed",
      fix: expect.stringContaining("payment=(self") as string,
    });
    expect(code).toBe(1);
  });

  const tag = (more: string) =>
    `<script ${more} src="https://cdn.example/npm/dintero-checkout-element@1/dist/cdn/dintero-checkout.min.js"></script>`;
  test.each([
    [tag(""), "script-src 'self'", "failed"],
    [tag(""), "default-src 'self'", "failed"],
    [tag(""), "script-src https://cdn.example", "passed"],
    [tag(""), "script-src https://cdn.example/npm/", "passed"],
    [tag(""), "script-src 'self'; script-src-elem https://cdn.example", "passed"],
    [tag(`nonce="abc"`), "script-src 'nonce-abc' 'strict-dynamic'", "passed"],
    [tag(`nonce="abc"`), "script-src 'nonce-xyz'", "failed"],
    [tag(""), "script-src https://cdn.example 'strict-dynamic'", "failed"],
    [tag(`integrity="sha384-abc"`), "script-src 'sha384-abc'", "passed"],
    ["<script type=module src=/app.js></script>", "script-src 'self'", "passed"],
    ["", "script-src 'none'", "failed"],
    ["", "script-src", "failed"],
  ])("%s under “%s”: %s", async (html, policy, status) => {
    expect((await look(html, { "content-security-policy": policy })).status("page script")).toBe(status);
  });

  test("that may not call the endpoint fails", async () => {
    const { env } = await sandboxed();
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-security-policy": "connect-src 'self'" }).end();
    });
    const { find } = await doctor(env, ["--url", url, "--endpoint", await nowhere()]);
    expect(find("page connection")?.message).toMatch(/connect-src of the CSP refuses http:\/\/127/);
    const { find: own } = await doctor(env, ["--url", url, "--endpoint", "/api"]);
    expect(own("page connection")?.status).toBe("passed");
  });

  test("that does not exist or does not answer fails", async () => {
    const { env } = await sandboxed();
    const url = await serve((_request, response) => void response.writeHead(404).end());
    expect((await doctor(env, ["--url", url])).find("page")?.message).toMatch(/answers 404$/);
    const down = await nowhere();
    const { code, find } = await doctor(env, ["--url", down]);
    expect(find("page")?.message).toContain(new URL(down).host);
    expect(code).toBe(1);
  });

  test("is checked even without an environment", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-security-policy": "frame-src https://checkout.dintero.com" }).end();
    });
    expect((await doctor({}, ["--url", url])).find("page frame")?.status).toBe("passed");
  });
});
