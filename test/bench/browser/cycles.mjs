// Mounts and unmounts the element many times in one page, and counts what is left.

/** @returns {Promise<{ count: number, listeners: number, frames: number, heap: number }>} */
export async function cycles(browser, { shop, checkout, count }) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  // On window and document, where they would outlive the element.
  await page.addInitScript(() => {
    const alive = (window.alive = new Set());
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      const key = (type, listener) =>
        [...alive].find((one) => one.type === type && one.listener === listener && one.target === target);
      target.addEventListener = function (type, listener, options) {
        if (!key(type, listener) && !options?.signal?.aborted) {
          const one = { target, type, listener };
          alive.add(one);
          options?.signal?.addEventListener("abort", () => alive.delete(one), { once: true });
        }
        return addEventListener.call(target, type, listener, options);
      };
      target.removeEventListener = function (type, listener, options) {
        alive.delete(key(type, listener));
        return removeEventListener.call(target, type, listener, options);
      };
    }
  });
  await page.goto(`${shop}/cdn/tag?sid=T12345678.unknown`);
  await page.locator("dintero-checkout").evaluate((element) => element.remove());
  await page.waitForFunction(() => window.length === 0);
  const result = await page.evaluate(
    async ({ count, checkout }) => {
      const before = window.alive.size;
      const task = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      // What was still on its way (a frame's answer, a timer) has come, and is collected.
      const heap = async () => {
        for (let turn = 0; turn < 4; turn++) {
          await task(500);
          window.gc();
        }
        return performance.memory.usedJSHeapSize;
      };
      let early;
      for (let cycle = 1; cycle <= count; cycle++) {
        const element = document.createElement("dintero-checkout");
        element.setAttribute("session-id", `T12345678.bench${cycle}`);
        element.setAttribute("checkout-url", checkout);
        const spoke = new Promise((resolve) =>
          element.addEventListener("dintero-session-not-found", resolve),
        );
        document.body.append(element);
        // Every other one is removed before its frame has loaded.
        await (cycle % 2 ? task() : spoke);
        element.remove();
        await task();
        if (cycle === 200) early = await heap();
      }
      await task();
      return {
        count,
        listeners: window.alive.size - before,
        frames: window.length + document.querySelectorAll("iframe, dintero-checkout").length,
        heap: (await heap()) / (early ?? (await heap())),
      };
    },
    { count, checkout },
  );
  await context.close();
  return result;
}
