// The three engines behind one interface: open a page, call a method of `window.context`, click in the payment frame.
import { chromium as playwright } from "playwright";
import puppeteer from "puppeteer-core";
import { chromium as findChromium } from "../support/browser.mjs";
import { firefox as findFirefox, webkit as startWebKit } from "../support/engines.mjs";

const frameOf = () => document.querySelector("dintero-checkout.pay").frame;

async function chromium() {
  const browser = await playwright.launch(await findChromium());
  return {
    async open(url) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(url);
      return {
        call: (method, argument) => page.evaluate(([m, a]) => window.context[m](a), [method, argument]),
        async click(...selectors) {
          const frame = await (await page.evaluateHandle(frameOf)).asElement().contentFrame();
          for (const selector of selectors) await frame.locator(selector).click();
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

async function firefox() {
  const browser = await puppeteer.launch(findFirefox());
  return {
    async open(url) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.goto(url);
      return {
        call: (method, argument) => page.evaluate((m, a) => window.context[m](a), method, argument),
        async click(...selectors) {
          const frame = await (await page.evaluateHandle(frameOf)).asElement().contentFrame();
          for (const selector of selectors) await frame.locator(selector).click();
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** The few WebDriver commands that are needed. */
async function webkit() {
  const { port, capabilities } = await startWebKit();
  async function request(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value?.error} ${value?.message}`);
    return value;
  }
  const { sessionId } = await request("POST", "/session", { capabilities: { alwaysMatch: capabilities } });
  const command = (path, body) => request("POST", `/session/${sessionId}${path}`, body);
  await command("/timeouts", { script: 60_000, implicit: 10_000 });
  return {
    async open(url) {
      await command("/url", { url });
      return {
        async call(method, argument) {
          const script = `const [method, argument, done] = arguments;
            Promise.resolve().then(() => window.context[method](argument)).then(
              (value) => done({ value }), (error) => done({ error: String(error) }));`;
          const { value, error } = await command("/execute/async", {
            script,
            args: [method, argument ?? null],
          });
          if (error) throw new Error(error);
          return value;
        },
        async click(...selectors) {
          const id = await command("/execute/sync", { script: `return (${frameOf})()`, args: [] });
          await command("/frame", { id });
          // the driver's own click misses elements in a frame of another origin
          for (const selector of selectors) {
            const script = "document.querySelector(arguments[0]).click()";
            await command("/element", { using: "css selector", value: selector });
            await command("/execute/sync", { script, args: [selector] });
          }
          await command("/frame", { id: null });
        },
        close: () => command("/url", { url: "about:blank" }),
      };
    },
    close: () => request("DELETE", `/session/${sessionId}`),
  };
}

export const drivers = { Chromium: chromium, Firefox: firefox, WebKit: webkit };
