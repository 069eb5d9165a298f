// The three engines as launchers for the test runner. One that is not installed is left out with a printed line,
// and is an error when CI=true: a missing engine must never be silent there.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromeLauncher } from "@web/test-runner-chrome";
import { webdriverLauncher } from "@web/test-runner-webdriver";
import { chromium, findCommand, startTimeout } from "./browser.mjs";

/** A port that is free right now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function startChromium(still) {
  const options = await chromium();
  if (still) options.args = [...options.args, "--force-prefers-reduced-motion"];
  return chromeLauncher({ launchOptions: options });
}

/** Launch options for puppeteer. Firefox supports WebDriver BiDi by itself: no geckodriver is needed. */
export function firefox() {
  const executablePath = process.env.FIREFOX_PATH || findCommand("firefox-esr", "firefox");
  if (!executablePath) throw new Error("no firefox-esr or firefox in the PATH (apt-get install firefox-esr)");
  return { browser: "firefox", executablePath, headless: true, timeout: startTimeout };
}

function startFirefox(still) {
  const extraPrefsFirefox = still ? { "ui.prefersReducedMotion": 1 } : {};
  return chromeLauncher({ launchOptions: { ...firefox(), extraPrefsFirefox } });
}

function findMiniBrowser() {
  for (const arch of existsSync("/usr/lib") ? readdirSync("/usr/lib") : []) {
    const path = `/usr/lib/${arch}/webkit2gtk-4.1/MiniBrowser`;
    if (existsSync(path)) return path;
  }
  return null;
}

/** Xvfb writes the number of the display it took to the file descriptor we hand it. */
function startDisplay(program) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      program,
      ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-noreset"],
      {
        stdio: ["ignore", "ignore", "ignore", "pipe"],
      },
    );
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
    let text = "";
    child.stdio[3].on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve({ child, display: `:${text.trim()}` });
    });
    child.stdio[3].on("error", () => {});
  });
}

/** The driver does not report when it is ready: requests are sent until it answers. */
async function answers(url, driver) {
  const until = Date.now() + startTimeout;
  while (driver.exitCode === null && Date.now() < until) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`WebKitWebDriver does not answer at ${url}`);
}

/** WebKitGTK takes the motion preference from GTK, and GTK from its settings file: this one is in a HOME of its own. */
function stillSettings() {
  const home = mkdtempSync(join(tmpdir(), "still-"));
  mkdirSync(join(home, "gtk-3.0"));
  writeFileSync(join(home, "gtk-3.0/settings.ini"), "[Settings]\ngtk-enable-animations=false\n");
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  return { XDG_CONFIG_HOME: home };
}

/** Starts WebKitGTK's WebDriver on a display of its own; both end with this process. */
export async function webkit(still = false) {
  const driver = findCommand("WebKitWebDriver");
  const binary = findMiniBrowser();
  const xvfb = findCommand("Xvfb");
  if (!driver || !binary) {
    throw new Error("no WebKitWebDriver with its MiniBrowser (apt-get install webkit2gtk-driver)");
  }
  if (!xvfb) throw new Error("no Xvfb (apt-get install xvfb)");
  const { child, display } = await startDisplay(xvfb);
  const port = await freePort();
  const webdriver = spawn(driver, ["--host=127.0.0.1", `--port=${port}`], {
    env: {
      ...process.env,
      ...(still ? stillSettings() : {}),
      DISPLAY: display,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      NO_AT_BRIDGE: "1",
    },
    stdio: "ignore",
  });
  for (const process_ of [child, webdriver]) process_.unref();
  process.once("exit", () => {
    webdriver.kill();
    child.kill();
  });
  await answers(`http://127.0.0.1:${port}/status`, webdriver);
  const capabilities = {
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary, args: ["--automation"] },
  };
  return { port, capabilities };
}

async function startWebKit(still) {
  const { port, capabilities } = await webkit(still);
  return webdriverLauncher({
    hostname: "127.0.0.1",
    port,
    path: "/",
    capabilities: {
      ...capabilities,
      // The runner waits for the tests to start. The driver's own wait for the page sometimes never ended, and its
      // uncaught rejection ended the runner without a result.
      pageLoadStrategy: "none",
      "wdio:enforceWebDriverClassic": true,
    },
  });
}

const engines = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

const labels = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKit" };

/** `ENGINES=chromium,webkit` chooses; without it all three. `still` starts them with reduced motion. */
export async function launchers({ still = false } = {}) {
  const chosen = (process.env.ENGINES || Object.keys(engines).join(","))
    .split(",")
    .map((name) => name.trim());
  const found = [];
  for (const name of chosen) {
    const start = engines[name];
    if (!start) throw new Error(`ENGINES names ${name}: the engines are ${Object.keys(engines).join(", ")}.`);
    try {
      const launcher = await start(still);
      // the launchers are named after their protocol's client: this names the engine in reports
      Object.defineProperty(launcher, "name", {
        get: () => (still ? `${labels[name]}, reduced motion` : labels[name]),
        set() {},
      });
      found.push(launcher);
    } catch (error) {
      if (process.env.CI === "true" || name === "chromium") throw error;
      console.log(`Left out ${name}: ${error.message}`);
    }
  }
  return found;
}
