// Dintero's side, as the sandbox plays it: the hosted page and the console.

/** @typedef {import("../screenshots.mjs").Picture} Picture */
/** @typedef {import("../screenshots.mjs").Stage} Stage */
/** @typedef {import("playwright-core").Page} Page */

const widths = [320, 1280];

/** Dintero's own page, without a shop around it. */
async function hosted(/** @type {Page} */ page, /** @type {Stage} */ { control, sandbox }, fields = {}) {
  const { session } = await control("/sessions", fields);
  await page.goto(`${sandbox}/v1/view/${session.id}`);
  await page.locator("#pay, form.address").first().waitFor();
  return session;
}

/** @type {readonly Picture[]} */
export const sandbox = [
  { name: "hosted-page", widths, show: (page, stage) => hosted(page, stage) },
  {
    name: "hosted-page-empty-fields",
    widths,
    async show(page, stage) {
      await hosted(page, stage);
      await page.locator("#pay").click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "hosted-page-expired",
    widths,
    async show(page, stage) {
      const session = await hosted(page, stage);
      await stage.control(`/sessions/${session.id}/expire`, {});
      await page.getByRole("heading", { name: "expired" }).waitFor();
    },
  },
  {
    name: "console",
    widths,
    async show(page, stage) {
      for (const action of ["pay", "hold", "expire"]) {
        const { session } = await stage.control("/sessions", {});
        await stage.control(`/sessions/${session.id}/${action}`, {});
      }
      await page.goto(stage.sandbox);
    },
  },
];
