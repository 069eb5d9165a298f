import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as engine, type Browser, type FrameLocator, type Page } from "playwright-core";
import { expect } from "vitest";
import { chromium } from "../support/browser.mjs";
import { fillIn } from "../support/fill-in.ts";

const program = fileURLToPath(new URL("../../demo/server.js", import.meta.url));

/** What the sandbox's controls tell of a session. */
export interface Payment {
  readonly session: { readonly id: string };
  readonly transaction: { readonly id: string; readonly status: string } | null;
  readonly outcome: { readonly href: string } | null;
}

/** The shop as `npm start` runs it: a process of its own, with its sandbox, on ports of their own. */
export class RunningShop {
  readonly folder: string;
  readonly url: string;
  /** Empty when the shop talks to a Dintero elsewhere. */
  readonly sandbox: string;
  /** All that the console shows. */
  readonly console: () => string;
  readonly #process: ChildProcess;

  private constructor(
    process: ChildProcess,
    folder: string,
    console: () => string,
    url: string,
    sandbox: string,
  ) {
    this.#process = process;
    this.folder = folder;
    this.console = console;
    this.url = url;
    this.sandbox = sandbox;
  }

  static async start(env: Record<string, string> = {}, folder?: string): Promise<RunningShop> {
    folder ??= await mkdtemp(join(tmpdir(), "shop-e2e-"));
    const child = spawn(process.execPath, [program], {
      env: { PATH: process.env["PATH"], PORT: "0", SANDBOX_PORT: "0", DATA_FOLDER: folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const started = new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          output += text;
          if (/^Dintero .*\n/m.test(output)) resolve();
        });
      }
      child.once("exit", (code) => reject(new Error(`The shop ended with ${code}: ${output}`)));
    });
    await started;
    const url = /^Shop +(\S+)/m.exec(output)?.[1] ?? "";
    const sandbox = /^Dintero +(\S+) +\(sandbox\)/m.exec(output)?.[1] ?? "";
    return new RunningShop(child, folder, () => output, url, sandbox);
  }

  /** Ends it without a word, as a crash would. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill(signal);
    await ended;
  }

  /** Ends it the usual way and starts it again on the same addresses, with what it kept. */
  async restart({
    signal = "SIGTERM" as NodeJS.Signals,
    meanwhile = async () => {},
  } = {}): Promise<RunningShop> {
    await this.kill(signal);
    await meanwhile();
    const port = (url: string) => new URL(url).port;
    return RunningShop.start({ PORT: port(this.url), SANDBOX_PORT: port(this.sandbox) }, this.folder);
  }

  async close(): Promise<void> {
    await this.kill("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The sandbox's own controls. */
  async control<T>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.sandbox}/_sandbox${path}`, {
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      headers: { "content-type": "application/json" },
    });
    const json: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(json)}`);
    return json as T;
  }

  /** What the sandbox knows, newest first. */
  async payments(): Promise<Payment[]> {
    return (await this.control<{ sessions: Payment[] }>("/sessions")).sessions;
  }

  /** Does to the newest session what `action` says: `pay`, `release`, `expire` … */
  async act(action: string, body: unknown = {}): Promise<Payment> {
    const [newest] = await this.payments();
    return this.control(`/sessions/${newest?.session.id}/${action}`, body);
  }

  /** How many callbacks of the outcome reached the shop so far. */
  async delivered(): Promise<number> {
    const { deliveries } = await this.control<{ deliveries: { about: string; state: string }[] }>(
      "/deliveries",
    );
    return deliveries.filter((one) => one.about === "result" && one.state === "delivered").length;
  }

  /** Waits until the console shows this: the shop's words and its answers take different ways here. */
  async untilSays(words: string | RegExp): Promise<void> {
    await expect.poll(this.console, { timeout: 20_000 }).toMatch(words);
  }

  /** Waits, on the sandbox's log, until a callback has reached the shop. */
  async untilDelivered(): Promise<void> {
    for (let after = 0; (await this.delivered()) === 0;) {
      const { events } = await this.control<{ events: { seq: number }[] }>(
        `/events?after=${after}&wait=10000`,
      );
      after = events.at(-1)?.seq ?? after;
    }
  }
}

export async function launch(): Promise<Browser> {
  return engine.launch(await chromium());
}

/** What a page and its scripts complain of. Nothing may. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") heard.push(message.text());
  });
  page.on("pageerror", (error) => heard.push(String(error)));
  return heard;
}

/** A browser of its own, with a T-shirt in the cart. */
export async function shopperWithCart(browser: Browser, shop: RunningShop): Promise<Page> {
  const context = await browser.newContext();
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(shop.url);
  await page.getByRole("button", { name: "Add Blue T-Shirt to cart" }).click();
  await page.getByRole("heading", { name: "Your cart" }).waitFor();
  return page;
}

/** The hosted page inside the tag. */
export function frameOf(page: Page): FrameLocator {
  return page.frameLocator('dintero-checkout iframe[src*="sid="]');
}

/** Pays by card, in the frame or on Dintero's own page. */
export async function payByCard(where: FrameLocator | Page, outcome = "authorized"): Promise<void> {
  await fillIn(where);
  if (outcome !== "authorized") await where.locator(`[name=outcome][value=${outcome}]`).check();
  await where.locator("#pay").click();
}
