import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { verifyCallback } from "../../src/server/index.ts";

const accountId = "T12345678";
const secret = "the account's secret";
const now = 1_763_800_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: now * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The signed text, computed independently of the source. */
function sixLines(t: string, account: string, method: string, address: string): string {
  const { hostname, pathname, search } = new URL(address);
  const pairs = [...new URLSearchParams(search)].map((pair, index) => ({ pair, index }));
  // By code units; parameters of the same name keep their order.
  pairs.sort((a, b) => (a.pair[0] < b.pair[0] ? -1 : a.pair[0] > b.pair[0] ? 1 : a.index - b.index));
  const query = new URLSearchParams(pairs.map(({ pair }) => pair)).toString();
  return `${t}\n${account}\n${method}\n${hostname}\n${pathname}\n${query}`;
}

const hmac = (text: string) => createHmac("sha256", secret).update(text).digest("hex");

type Pair = readonly [string, string];

interface Delivery {
  t: string;
  account: string;
  method: "GET" | "POST";
  scheme: string;
  host: string;
  path: string;
  pairs: readonly Pair[];
  hex: (hex: string) => string;
  header: (t: string, hex: string) => string;
  plus: boolean;
  signedAccount: string;
}

const name = fc.constantFrom("a", "b", "A", "transaction_id", "session_id", "time", "é", "x y", "");
const value = fc.oneof(
  fc.constantFrom("", "1", "x y", "x+y", "a&b", "ø", "%20", "T12345678.t", "2026-11-22T20:00:00Z"),
  fc.string(),
);
const pairs = fc.array(fc.tuple(name, value), { maxLength: 6 });

const base = fc.record({
  t: fc.integer({ min: now - 400, max: now + 400 }),
  method: fc.constantFrom("GET" as const, "POST" as const),
  host: fc.constantFrom("shop.example", "xn--bcher-kva.example", "127.0.0.1"),
  path: fc.constantFrom("/", "/cb", "/dintero/callback", "/a%20b", "//x", "/a/../b"),
  pairs,
});

type Change = (delivery: Delivery) => void;
const change = (arbitrary: fc.Arbitrary<Change>) => arbitrary;

const changes: fc.Arbitrary<Change>[] = [
  change(fc.constant(() => {})),
  change(
    fc.constantFrom(-301, -300, -1, 1, 300, 301).map((off) => (d) => void (d.t = String(Number(d.t) + off))),
  ),
  change(fc.constantFrom("0", "+", " ", "-", "00").map((sign) => (d) => void (d.t = sign + d.t))),
  change(fc.constantFrom("e3", ".0", " ", "x", "\u0660").map((tail) => (d) => void (d.t += tail))),
  change(fc.constantFrom("T00000000", "P12345678").map((account) => (d) => void (d.signedAccount = account))),
  change(fc.constantFrom("GET" as const, "POST" as const).map((method) => (d) => void (d.method = method))),
  change(fc.constantFrom("http", "https").map((scheme) => (d) => void (d.scheme = scheme))),
  change(
    fc
      .constantFrom("shop.example:8443", "SHOP.example", "evil.example", "shop.example.", "user@shop.example")
      .map((host) => (d) => void (d.host = host)),
  ),
  change(
    fc
      .constantFrom("/cb/", "/CB", "/cb", "/%63b", "/a/./b", "/x/../cb")
      .map((path) => (d) => void (d.path = path)),
  ),
  change(fc.tuple(name, value).map((pair) => (d) => void (d.pairs = [...d.pairs, pair]))),
  change(fc.nat(5).map((index) => (d) => void (d.pairs = d.pairs.filter((_, at) => at !== index)))),
  change(
    fc
      .nat(5)
      .map(
        (index) => (d) =>
          void (d.pairs = d.pairs.flatMap((pair, at) => (at === index ? [pair, pair] : [pair]))),
      ),
  ),
  change(fc.constant((d) => void (d.pairs = d.pairs.toReversed()))),
  change(
    fc.tuple(fc.nat(5), value).map(
      ([index, text]) =>
        (d) =>
          void (d.pairs = d.pairs.map((pair, at) => (at === index ? [pair[0], text] : pair))),
    ),
  ),
  change(fc.constant((d) => void (d.plus = !d.plus))),
  change(
    fc
      .constantFrom<(hex: string) => string>(
        (hex) => hex.toUpperCase(),
        (hex) => hex.slice(0, -1),
        (hex) => `${hex}0`,
        (hex) => hex.replace(/^./, (c) => (c === "0" ? "1" : "0")),
        () => "",
        () => "0".repeat(64),
      )
      .map((hex) => (d) => void (d.hex = hex)),
  ),
  change(
    fc
      .constantFrom<(t: string, hex: string) => string>(
        (t, hex) => `t=${t}, v0-hmac-sha256=${hex}`,
        (t, hex) => `v0-hmac-sha256=${hex},t=${t}`,
        (t, hex) => `t=${t},v1=00,v0-hmac-sha256=${hex}`,
        (t, hex) => `t=${t};v0-hmac-sha256=${hex}`,
        (t, hex) => `T=${t},v0-hmac-sha256=${hex}`,
        (t, hex) => `t=${t},v0-hmac-sha1=${hex}`,
        (_, hex) => `v0-hmac-sha256=${hex}`,
        (t) => `t=${t}`,
      )
      .map((header) => (d) => void (d.header = header)),
  ),
];

/** A valid header: its two parts in any order, with spaces between, and with unknown parts. */
const wellFormed = /^(t=|v0-hmac-sha256=).*, ?(v1=00,)?(v0-hmac-sha256=|t=)/;

test(
  "10,000 changed callbacks: accepted only when the six lines match a signed request and the time is within tolerance",
  { timeout: 120_000 },
  async () => {
    let accepted = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(base, fc.array(fc.oneof(...changes), { maxLength: 3 }), async (signed, mutations) => {
        const delivery: Delivery = {
          ...signed,
          t: String(signed.t),
          account: accountId,
          signedAccount: accountId,
          scheme: "https",
          hex: (hex) => hex,
          header: (t, hex) => `t=${t},v0-hmac-sha256=${hex}`,
          plus: true,
        };
        const address = ({ scheme, host, path, pairs: list, plus }: Delivery) => {
          const query = new URLSearchParams(list.map(([key, text]) => [key, text])).toString();
          return `${scheme}://${host}${path}?${plus ? query : query.replaceAll("+", "%20")}`;
        };
        const before = sixLines(delivery.t, accountId, delivery.method, address(delivery));
        for (const mutate of mutations) mutate(delivery);
        // A signature for another account is one that Dintero created for another merchant.
        const lines =
          delivery.signedAccount === accountId ? before : before.replace(accountId, delivery.signedAccount);
        const hex = delivery.hex(hmac(lines));
        const header = delivery.header(delivery.t, hex);

        let request: Request;
        try {
          request = new Request(address(delivery), {
            method: delivery.method,
            headers: { "dintero-signature": header },
          });
        } catch {
          // Not a valid request.
          return;
        }
        const received = new URL(request.url);
        // Dintero's time from the header, without the white space that HTTP strips.
        const t =
          /(?:^|,) ?t=([^,]*)/.exec(request.headers.get("dintero-signature") ?? "")?.[1]?.trimEnd() ?? "";
        const same =
          sixLines(t, accountId, delivery.method, received.href) === lines &&
          hex === hmac(lines) &&
          wellFormed.test(header) &&
          header.includes("v0-hmac-sha256=");
        const near = Math.abs(now - Number(t)) <= 300;

        const outcome = await verifyCallback(request, {
          accountId,
          signatureSecret: secret,
        }).then(
          () => "accepted",
          (error: { code?: string }) => error.code,
        );
        if (same && near) expect(outcome).toBe("accepted");
        else if (same) expect(outcome).toBe("stale-signature");
        else expect(["invalid-signature", "missing-signature"]).toContain(outcome);
        if (outcome === "accepted") accepted++;
        else refused++;
      }),
      { numRuns: 10_000, seed: 20261122 },
    );
    // Both outcomes were covered.
    expect(accepted).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(1000);
  },
);
