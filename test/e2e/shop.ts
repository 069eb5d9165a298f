import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as engine, type Browser, type FrameLocator, type Page } from "playwright";
import { expect } from "vitest";
import { Database } from "../../demo/database/database.ts";
import { Orders } from "../../demo/database/orders.ts";
import type { Order } from "../../demo/shop/order.ts";
import { chromium } from "../support/browser.mjs";
import { fillIn } from "../support/fill-in.ts";
import { createBalancer } from "./balancer.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A session in the answers of the sandbox's control API. */
export interface Payment {
  readonly session: { readonly id: string };
  readonly transaction: { readonly id: string; readonly status: string } | null;
  readonly outcome: { readonly href: string } | null;
}

/** A process started by the test, with its output. */
export class Program {
  readonly #process: ChildProcess;
  output = "";

  private constructor(process: ChildProcess) {
    this.#process = process;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    }
  }

  /** Resolves when the output matches; rejects when the process ends before. */
  static async start(
    args: readonly string[],
    { env = {}, until }: { env?: Record<string, string>; until: RegExp },
  ) {
    const program = new Program(
      spawn(process.execPath, args, {
        cwd: root,
        env: { PATH: process.env["PATH"], TSX_TSCONFIG_PATH: "demo/tsconfig.json", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    await new Promise<void>((resolve, reject) => {
      const check = () => until.test(program.output) && resolve();
      for (const stream of [program.#process.stdout, program.#process.stderr]) stream?.on("data", check);
      program.#process.once("close", (code) => {
        reject(new Error(`The process ended with ${code}: ${program.output}`));
      });
    });
    return program;
  }

  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill(signal);
    await ended;
  }
}

/** One shop as `npm start` runs it, without the build. */
async function startShop(
  env: Record<string, string>,
): Promise<{ program: Program; url: string; sandbox: string }> {
  const program = await Program.start(["--import", "tsx", "demo/server.ts"], {
    env: { PORT: "0", SANDBOX_PORT: "0", ...env },
    until: /^Dintero .*\n/m,
  });
  const url = /^Shop +(\S+)/m.exec(program.output)?.[1] ?? "";
  const sandbox = /^Dintero +(\S+) +\(sandbox\)/m.exec(program.output)?.[1] ?? "";
  return { program, url, sandbox };
}

/** `npx dintero-checkout-element sandbox`, and the lines that it prints. */
export async function startSandbox(): Promise<{ program: Program; env: Record<string, string> }> {
  const program = await Program.start(["dist/cli.js", "sandbox", "--port", "0"], {
    until: /^DINTERO_CHECKOUT_URL=.*\n/m,
  });
  const lines = program.output.matchAll(/^(?:export )?(DINTERO_\w+)="?([^"\n]*)"?$/gm);
  return { program, env: Object.fromEntries([...lines].map(([, name, value]) => [name!, value!])) };
}

interface Running {
  readonly programs: readonly Program[];
  readonly folder: string;
  readonly url: string;
  /** The address of the sandbox, also when the shop did not start it. */
  readonly sandbox: string;
  readonly end?: () => Promise<void>;
}

/** The shop with its sandbox, in separate processes and on their own ports. */
export class RunningShop {
  readonly folder: string;
  readonly url: string;
  readonly sandbox: string;
  readonly #running: Running;

  private constructor(running: Running) {
    this.#running = running;
    this.folder = running.folder;
    this.url = running.url;
    this.sandbox = running.sandbox;
  }

  static async start(env: Record<string, string> = {}, folder?: string): Promise<RunningShop> {
    folder ??= await temporaryFolder();
    const { program, url, sandbox } = await startShop({ DATA_FOLDER: folder, ...env });
    const address = sandbox || (env["DINTERO_CHECKOUT_URL"] ?? "");
    return new RunningShop({ programs: [program], folder, url, sandbox: address });
  }

  /** Two processes on one database, behind one address that sends the requests to both in turn. */
  static async startTwo(): Promise<RunningShop> {
    const folder = await temporaryFolder();
    const sandbox = await startSandbox();
    const targets: URL[] = [];
    const balancer = createBalancer(targets);
    await new Promise<void>((resolve) => balancer.listen(0, "127.0.0.1", resolve));
    const url = `http://localhost:${(balancer.address() as AddressInfo).port}`;
    const env = { ...sandbox.env, PUBLIC_URL: url, OFFICE_PASSWORD: "sesame", DATA_FOLDER: folder };
    // Started at the same time: neither finds a database.
    const shops = await Promise.all([startShop(env), startShop(env)]);
    targets.push(...shops.map((shop) => new URL(shop.url)));
    return new RunningShop({
      programs: shops.map(({ program }) => program),
      ...{ folder, url },
      sandbox: sandbox.env["DINTERO_CHECKOUT_URL"]!,
      async end() {
        balancer.close();
        balancer.closeAllConnections();
        await sandbox.program.end();
      },
    });
  }

  /** The whole console output. */
  console = (): string => this.#running.programs.map(({ output }) => output).join("");

  /** Ends it like a crash. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    await Promise.all(this.#running.programs.map((program) => program.end(signal)));
  }

  /** Ends it normally and starts it again on the same addresses, with the same data. */
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
    await this.#running.end?.();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The orders as they are on disk. */
  orders(): Order[] {
    const database = Database.open(join(this.folder, "shop.db"));
    try {
      return new Orders(database, Date.now).list();
    } finally {
      database.close();
    }
  }

  /** The sandbox's control API. */
  async control<T>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.sandbox}/_sandbox${path}`, {
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      headers: { "content-type": "application/json" },
    });
    const json: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(json)}`);
    return json as T;
  }

  /** The sandbox's sessions with their transactions, newest first. */
  async payments(): Promise<Payment[]> {
    return (await this.control<{ sessions: Payment[] }>("/sessions")).sessions;
  }

  /** Performs an action on the newest session: `pay`, `release`, `expire` … */
  async perform(action: string, body: unknown = {}): Promise<Payment> {
    const [newest] = await this.payments();
    return this.control(`/sessions/${newest?.session.id}/${action}`, body);
  }

  /** How many callbacks about the outcome were delivered so far. */
  async delivered(): Promise<number> {
    const { deliveries } = await this.control<{ deliveries: { about: string; state: string }[] }>(
      "/deliveries",
    );
    return deliveries.filter((one) => one.about === "result" && one.state === "delivered").length;
  }

  /** Waits until the console shows a text, which can arrive later than the shop's answer. */
  async untilLogged(text: string | RegExp): Promise<void> {
    await expect.poll(this.console, { timeout: 20_000 }).toMatch(text);
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

const temporaryFolder = () => mkdtemp(join(tmpdir(), "shop-e2e-"));

export async function launch(): Promise<Browser> {
  return engine.launch(await chromium());
}

/** Errors and warnings of a page and its scripts. Must stay empty. */
export function consoleProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  return problems;
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

/** The hosted page inside the element. */
export function frameOf(page: Page): FrameLocator {
  return page.frameLocator('dintero-checkout iframe[src*="sid="]');
}

/** Pays by card, in the frame or on Dintero's own page. */
export async function payByCard(where: FrameLocator | Page, outcome = "authorized"): Promise<void> {
  await fillIn(where);
  if (outcome !== "authorized") await where.locator(`[name=outcome][value=${outcome}]`).check();
  await where.locator("#pay").click();
}
