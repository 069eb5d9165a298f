import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Session } from "../../../src/sandbox/session.ts";
import { stage, type Stage } from "./support/stage.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const option = {
  id: "home",
  line_id: "home-1",
  amount: 4900,
  vat: 25,
  title: "To your door",
  operator: "Posten",
};

let on: Stage;
beforeAll(async () => {
  on = await stage(async () => Response.json({ shipping_options: [option] }));
});
afterEach(() => on.tidy());
afterAll(() => on.close());

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

const express = {
  shipping_mode: "shipping_required",
  shipping_options: [],
  shipping_address_callback_url: "https://shop.example/address",
  discount_codes: { max_count: 1, callback_url: "https://shop.example/discount" },
} as const;

/** Codes also need to be enabled. */
const expressOrder = {
  express,
  configuration: { discounts: { express_discount_codes: { enabled: true } } },
} as const;

/** Screens of the hosted page, and how to reach each. */
const screens: Readonly<Record<string, (page: Page, session: Session) => Promise<unknown>>> = {
  payment: (page) => page.waitForSelector("#pay"),
  "a problem": async (page) => {
    await page.click("#pay");
    await page.getByRole("alert").filter({ hasText: "Fill in" }).waitFor();
  },
  "another method": async (page) => {
    await page.check("[name=method][value$=vipps]");
    await page.waitForSelector("[name=phone]");
  },
  locked: async (page, session) => {
    await page.waitForSelector("#pay");
    await on.control(`sessions/${session.id}/lock`, {});
    await page.waitForSelector("#pay:disabled");
  },
  cancelled: async (page, session) => {
    await page.goto("about:blank");
    await on.control(`sessions/${session.id}/cancel`, {});
    await page.goto(`${on.checkout}/?sid=${session.id}`);
    await page.getByRole("heading", { name: "You cancelled" }).waitFor();
  },
  expired: async (page, session) => {
    await page.waitForSelector("#pay");
    await on.control(`sessions/${session.id}/expire`, {});
    await page.getByRole("heading", { name: "has expired" }).waitFor();
  },
};

describe.each(["light", "dark"] as const)("in %s colours axe finds nothing", (colorScheme) => {
  test.each(Object.entries(screens))("on the hosted page: %s", async (_, reach) => {
    const session = await on.order();
    const page = await on.visit({ colorScheme, viewport: { width: 360, height: 800 } });
    await page.goto(`${on.checkout}/?sid=${session.id}`);
    await reach(page, session);
    expect(await violations(page)).toEqual([]);
  });

  test("on an express checkout, before and after the address", async () => {
    const session = await on.order(expressOrder);
    const page = await on.visit({ colorScheme });
    await page.goto(`${on.checkout}/?sid=${session.id}`);
    await page.waitForSelector("#give-address");
    expect(await violations(page)).toEqual([]);
    await page.click("#address-test-values");
    await page.click("#give-address");
    await page.waitForSelector("[name=shipping]");
    await page.fill("[name=code]", "SUMMER");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("button", { name: "Remove SUMMER" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test("on the pop-out's frame", async () => {
    const page = await on.embed(await on.order(), { popOut: true }, { colorScheme });
    const frame = page.frames()[1];
    await frame?.waitForSelector("#launcher-slot");
    await frame?.evaluate(axeSource);
    const found = await frame?.evaluate(
      async () => (await (window as unknown as { axe: typeof axe }).axe.run()).violations,
    );
    expect(found?.map(({ id }) => id)).toEqual([]);
  });

  test("on the result page", async () => {
    const page = await on.visit({ colorScheme });
    for (const query of [
      "transaction_id=1",
      "error=failed&language=fi",
      "error=cancelled&merchant_reference=a",
    ]) {
      await page.goto(`${on.checkout}/embedResult/?${query}`);
      expect(await violations(page)).toEqual([]);
    }
  });

  test("on the console, empty and full", async () => {
    const page = await on.visit({ colorScheme });
    await page.goto(`${on.checkout}/`);
    await page.getByText("Waiting for the first session").waitFor();
    expect(await violations(page)).toEqual([]);
    const url = { return_url: "https://shop.example/thanks", callback_url: "https://shop.example/callback" };
    const session = await on.order({ url });
    await on.control(`sessions/${session.id}/pay`, {});
    await on.control("faults", { on: "*", status: 503 });
    await on.control(`sessions/${(await on.order()).id}/pay`, { outcome: "declined" });
    await page.goto(`${on.checkout}/#${session.id}`);
    await page.getByText("GET shop.example/callback").click();
    await page.getByText("Add a fault").click();
    await page.getByText("Transaction as JSON").click();
    expect(await violations(page)).toEqual([]);
  });
});

test.each([320, 1280])("nothing is wider than the page at %s px", async (width) => {
  const callback_url = "https://shop.example/a-rather-long-path/to/the/callback?with=parameters&and=more";
  const url = { return_url: "https://shop.example/thanks", callback_url };
  const session = await on.order({ ...expressOrder, url });
  const page = await on.visit({ viewport: { width, height: 800 } });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  await page.goto(`${on.checkout}/?sid=${session.id}&language=fi`);
  await page.waitForSelector("#pay");
  expect(await fits()).toBe(true);
  await page.goto("about:blank");
  const paid = await on.order({ url });
  await on.control(`sessions/${paid.id}/pay`, {});
  await page.goto(`${on.checkout}/#${paid.id}`);
  await page.getByText("GET shop.example/").click();
  expect(await fits()).toBe(true);
});

test("a payment can be made with the keyboard alone", async () => {
  const session = await on.order({ url: { return_url: `${on.shop}/thanks` } });
  const page = await on.visit();
  await page.goto(`${on.checkout}/?sid=${session.id}`);
  await page.waitForSelector("#pay");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("language");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector("[name=phone]");
  await page.keyboard.press("Tab");
  await page.keyboard.type("+47 40230256");
  await Promise.all([page.waitForURL(/transaction_id=/), page.keyboard.press("Enter")]);
});

test("the page's language and texts match the requested language", async () => {
  const session = await on.order();
  const page = await on.visit({ locale: "sv-SE" });
  for (const [requested, lang, heading] of [
    ["nb", "no", "Betal med"],
    ["nn-NO", "no", "Betal med"],
    ["da", "da", "Betal med"],
    ["fi", "fi", "Maksutapa"],
    ["de", "sv", "Betala med"],
    ["", "sv", "Betala med"],
  ] as const) {
    await page.goto(`${on.checkout}/?sid=${session.id}&language=${requested}`);
    await page.getByRole("heading", { name: heading }).waitFor();
    expect(await page.getAttribute("html", "lang")).toBe(lang);
  }
});
