import { expect, test } from "vitest";
import { canonicalRequest, parseSignature, signRequest, verifyRequest } from "../../src/dintero/signature.ts";

test("Dintero's published example has its published signature", async () => {
  const request = {
    timestamp: 1582236537,
    accountId: "P00000000",
    method: "get",
    url: "https://example.com/callback?B=123&A=992",
  };
  const signature = "6bed2ab1b919d460ef7465a20dc6c97260dca73fab6647106ca525f0908df64a";
  expect(canonicalRequest(request)).toBe("1582236537\nP00000000\nGET\nexample.com\n/callback\nA=992&B=123");
  const header = await signRequest("123", request);
  expect(header).toBe(`t=1582236537,v0-hmac-sha256=${signature}`);
  expect(parseSignature(header)).toEqual({ timestamp: "1582236537", signature });
  expect(await verifyRequest("123", signature, request)).toBe(true);
  expect(await verifyRequest("124", signature, request)).toBe(false);
});

test("port and scheme are not signed, and a space is signed as a plus", () => {
  const lines = (url: string) =>
    canonicalRequest({ timestamp: 1, accountId: "T12345678", method: "POST", url });
  expect(lines("http://shop.example:8080/cb?b=x%20y&a=1")).toBe(lines("https://shop.example/cb?a=1&b=x+y"));
});
