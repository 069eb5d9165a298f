import { describe, expect, test } from "vitest";
import { createOrder, createSandbox, pay, type SavedState } from "../../src/sandbox/index.ts";
import { merchant, page, type Body } from "./merchant.ts";

const path = "/admin/session/profiles";

describe("checkout profiles", () => {
  test("the profile default offers Dintero PSP, the profile payex what older accounts have", async () => {
    const sandbox = createSandbox();
    const types = async (profile_id: string) => {
      const { id } = await createOrder(sandbox, { profile_id });
      const { payment_methods } = (await page(sandbox, id)("")).body;
      return payment_methods.map(({ payment_product_type }: Body) => payment_product_type);
    };
    expect((await types("default")).slice(0, 2)).toEqual(["dintero_psp.creditcard", "dintero_psp.vipps"]);
    expect((await types("payex")).slice(0, 2)).toEqual(["payex.creditcard", "vipps"]);
    expect(await types("nobody-made-it")).toEqual(await types("default"));
  });

  test("a profile is read with its providers, their methods and whether they are payable", async () => {
    const call = await merchant(createSandbox());
    const { status, body } = await call("GET", `${path}/default`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: "default",
      configuration: {
        dintero_psp: {
          type: "payment_type",
          enabled: true,
          creditcard: { type: "payment_product_type", enabled: true, payability: "payable" },
        },
      },
    });
    expect((await call("GET", path)).body.map(({ id }: Body) => id)).toEqual(["default", "payex"]);
    expect((await call("GET", `${path}/unknown`)).status).toBe(404);
  });

  test("a profile is made, changed, used by a session and deleted", async () => {
    const sandbox = createSandbox();
    const call = await merchant(sandbox);
    const made = (
      await call("POST", path, {
        name: "Invoices",
        configuration: { two: { invoice_b2b: { enabled: true } } },
      })
    ).body;
    expect((await pay(await createOrder(sandbox, { profile_id: made.id }))).payment_product_type).toBe(
      "two.invoice_b2b",
    );
    await call("PUT", `${path}/${made.id}`, {
      configuration: { kravia: { invoice_b2c: { enabled: true } } },
    });
    expect((await pay(await createOrder(sandbox, { profile_id: made.id }))).payment_product_type).toBe(
      "kravia.invoice_b2c",
    );
    expect((await call("PUT", `${path}/${made.id}`, {})).body.error.errors).toMatchObject([
      { path: "configuration" },
    ]);
    const response = await sandbox.fetch(`https://sandbox.test/v1${path}/${made.id}`, { method: "DELETE" });
    expect(response.status).toBe(401);
    expect((await call("DELETE", `${path}/${made.id}`)).status).toBe(204);
    expect((await call("GET", `${path}/${made.id}`)).status).toBe(404);
  });

  test("profiles survive a restart", async () => {
    let saved: SavedState | undefined;
    const state = { load: () => saved, save: (read: () => SavedState) => void (saved = read()) };
    const sandbox = createSandbox({ state });
    const { id } = (await (await merchant(sandbox))("POST", path, { configuration: {} })).body;
    expect((await (await merchant(createSandbox({ state })))("GET", `${path}/${id}`)).status).toBe(200);
  });

  test("active_payment_types switches methods off, by name or wildcard", async () => {
    const sandbox = createSandbox();
    const types = async (active_payment_types: Record<string, { enabled: boolean }>) => {
      const { id } = await createOrder(sandbox, { configuration: { active_payment_types } });
      const { payment_methods } = (await page(sandbox, id)("")).body;
      return payment_methods.map(({ payment_product_type }: Body) => payment_product_type);
    };
    const all = await types({});
    expect(await types({ "klarna.klarna": { enabled: false } })).toEqual(
      all.filter((type: string) => type !== "klarna.klarna"),
    );
    expect(await types({ "*": { enabled: false }, "dintero_psp.*": { enabled: true } })).toEqual(
      all.filter((type: string) => type.startsWith("dintero_psp.")),
    );
  });
});
