import { afterEach, expect, test, vi } from "vitest";
import { localNetworkFix } from "../../src/checkout/local-network.ts";

afterEach(() => vi.unstubAllGlobals());

const from = (page: string, address: string): string | undefined => {
  vi.stubGlobal("location", new URL(page));
  return localNetworkFix(address);
};

test.each([
  "http://localhost:4242/",
  "http://127.0.0.1:4242/api",
  "http://[::1]:4242",
  "http://192.168.1.20:4242",
  "http://sandbox.local",
])("a page of the internet that opens %s needs the browser's permission", (address) => {
  const fix = from("https://shop.example/cart", address);
  expect(fix).toContain(new URL(address).host);
  expect(fix).toContain("local network access");
});

test.each([
  ["http://localhost:5173/", "http://127.0.0.1:4242"],
  ["http://192.168.1.20:5173/", "http://192.168.1.20:4242"],
  ["https://shop.example/", "https://checkout.dintero.com"],
  ["about:blank", "http://127.0.0.1:4242"],
])("%s needs none for %s", (page, address) => {
  expect(from(page, address)).toBe(undefined);
});
