// <dintero-checkout> in each of its states, on a page that leaves everything else out.

/** @typedef {import("../screenshots.mjs").Picture} Picture */
/** @typedef {import("../screenshots.mjs").Stage} Stage */
/** @typedef {import("playwright-core").Page} Page */

const widths = [320, 360, 1280];

/**
 * A page with nothing but the tag.
 *
 * @param {Page} page
 * @param {Stage} stage
 * @param {string} attributes
 * @param {string} [script] runs before the tag is there
 */
async function open(page, stage, attributes, script = "") {
  const address = stage.page(`<script>${script}</script>
    <script type="module" src="/dintero-checkout.min.js"></script>
    <dintero-checkout checkout-url="${stage.sandbox}" ${attributes}></dintero-checkout>`);
  await page.goto(address);
}

const reaches = (/** @type {Page} */ page, /** @type {string} */ state) =>
  page.locator(`dintero-checkout:state(${state})`).waitFor();

const frame = (/** @type {Page} */ page) => page.frameLocator('dintero-checkout iframe[src*="sid="]');

/** A session that no shop made. */
async function session(/** @type {Stage} */ { control }, /** @type {object} */ fields = {}) {
  const { session } = await control("/sessions", fields);
  return `session-id="${session.id}"`;
}

/** Answers the endpoint in place of a server; never, without an answer. */
async function endpoint(
  /** @type {Page} */ page,
  /** @type {{ status: number, body: string } | undefined} */ answer,
) {
  await page.route("**/endpoint", (route) =>
    answer ? route.fulfill({ ...answer, contentType: "application/json" }) : {},
  );
  return 'endpoint="/endpoint"';
}

async function payInFrame(/** @type {Page} */ page, outcome = "authorized") {
  await frame(page).locator("#test-values").click();
  await frame(page).locator(`[name=outcome][value=${outcome}]`).check();
  await frame(page).locator("#pay").click();
}

/** The page keeps the shopper: nothing is followed. */
const stay = (/** @type {string} */ event) =>
  `addEventListener("${event}", (event) => event.preventDefault());`;

/** No browser follows it, and no element: the outcome stays on the page. */
const nowhere = { url: { return_url: "javascript:void(0)" } };

/** @type {readonly [name: string, show: Picture["show"]][]} */
const states = [
  ["idle", async (page, stage) => open(page, stage, `${await session(stage)} trigger="click"`)],
  ["idle-redirect", async (page, stage) => open(page, stage, `${await session(stage)} mode="redirect"`)],
  [
    "creating",
    async (page, stage) => {
      await open(page, stage, await endpoint(page, undefined));
      await reaches(page, "creating");
    },
  ],
  [
    "loading",
    async (page, stage) => {
      await stage.control("/faults", { page: { silent: true } });
      await open(page, stage, await session(stage));
      await reaches(page, "loading");
    },
  ],
  [
    "ready",
    async (page, stage) => {
      await open(page, stage, await session(stage));
      await reaches(page, "ready");
    },
  ],
  [
    "locked",
    async (page, stage) => {
      await open(page, stage, await session(stage));
      await reaches(page, "ready");
      await page.locator("dintero-checkout").evaluate((/** @type {any} */ tag) => tag.lockSession());
      await reaches(page, "locked");
    },
  ],
  [
    "validating",
    async (page, stage) => {
      const wait = `addEventListener("dintero-validate-session", (event) => event.respondWith(new Promise(() => {})));`;
      await open(page, stage, `${await session(stage)} validate-session`, wait);
      await payInFrame(page);
      await reaches(page, "validating");
    },
  ],
  [
    "paid",
    async (page, stage) => {
      await open(page, stage, await session(stage), stay("dintero-payment"));
      await payInFrame(page);
      await reaches(page, "paid");
    },
  ],
  [
    "on-hold",
    async (page, stage) => {
      await open(page, stage, await session(stage), stay("dintero-payment"));
      await payInFrame(page, "on_hold");
      await reaches(page, "on-hold");
    },
  ],
  [
    "failed",
    async (page, stage) => {
      await open(page, stage, await session(stage, nowhere));
      await payInFrame(page, "declined");
      await reaches(page, "failed");
    },
  ],
  [
    "cancelled",
    async (page, stage) => {
      await open(page, stage, await session(stage, nowhere));
      await frame(page).locator("#cancel").click();
      await reaches(page, "cancelled");
    },
  ],
  ["paid-elsewhere", elsewhere("paid")],
  ["failed-elsewhere", elsewhere("failed")],
  ["cancelled-elsewhere", elsewhere("cancelled")],
  [
    "expired",
    async (page, stage) => {
      const { session } = await stage.control("/sessions", {});
      const answer = { status: 200, body: JSON.stringify({ id: session.id }) };
      await stage.control(`/sessions/${session.id}/expire`, {});
      await open(page, stage, await endpoint(page, answer));
      await reaches(page, "expired");
    },
  ],
  [
    "redirecting",
    async (page, stage) => {
      // No answer that would take the page away.
      await page.route(`${stage.sandbox}/**`, (route) => route.fulfill({ status: 204 }));
      await open(page, stage, `${await session(stage)} mode="redirect"`);

      await page.locator("dintero-checkout").getByRole("button").first().click();
      await reaches(page, "redirecting");
    },
  ],
  [
    "error",
    async (page, stage) => {
      await open(page, stage, await endpoint(page, { status: 500, body: "{}" }));
      await reaches(page, "error");
    },
  ],
  [
    "error-refused",
    async (page, stage) => {
      const body = JSON.stringify({
        error: { code: "sold-out", message: "The Blue T-Shirt in M has just sold out." },
      });
      await open(page, stage, await endpoint(page, { status: 409, body }));
      await reaches(page, "error");
    },
  ],
  [
    "error-unreachable",
    async (page, stage) => {
      await stage.control("/faults", { page: { silent: true } });
      await open(page, stage, `${await session(stage)} timeout="500"`);
      await reaches(page, "error");
    },
  ],
  [
    "error-fallback",
    async (page, stage) => {
      await open(page, stage, `lang="fi" ${await endpoint(page, { status: 500, body: "{}" })}`);
      await page
        .locator("dintero-checkout")
        .evaluate((tag) => (tag.innerHTML = "<p>Or call us: <a href='tel:+4722222222'>22 22 22 22</a></p>"));
      await reaches(page, "error");
    },
  ],
];

/** The outcome came to another tab of the site. */
function elsewhere(/** @type {string} */ status) {
  return async (/** @type {Page} */ page, /** @type {Stage} */ stage) => {
    const { session } = await stage.control("/sessions", {});
    await open(page, stage, `session-id="${session.id}"`);
    await reaches(page, "ready");
    const tab = await page.context().newPage();
    await tab.goto(stage.page(""));
    await tab.evaluate((message) => new BroadcastChannel("dintero-checkout").postMessage(message), {
      type: "result",
      status,
      sessionId: session.id,
      merchantReference: "order-001",
      transactionId: "T12345678.x",
    });
    await reaches(page, status);
    await tab.close();
  };
}

/** @type {readonly Picture[]} */
export const element = states.map(([name, show]) => ({ name: `element-${name}`, widths, show }));
