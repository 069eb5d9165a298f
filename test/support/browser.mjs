// Finds a Chromium on this machine, or unpacks the one that npm installed.
import { execFileSync } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const packed = join(modules, "@sparticuz/chromium");

/**
 * What playwright and puppeteer take alike: `chromium.launch(await chromium())`.
 * @typedef {{ executablePath: string, args: string[], env: Record<string, string>, headless: true, timeout: number }}
 *   ChromiumOptions
 */

/** How long a browser may take to start, in ms: on a busy machine the launchers' own 30 s were not enough. */
export const startTimeout = 120_000;

/** Chromium refuses its own sandbox to root, and must not send requests of its own from a test. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
  "microsoft-edge",
  "chrome.exe",
  "msedge.exe",
];

const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((variable) =>
    process.env[variable]
      ? [
          join(process.env[variable], "Google/Chrome/Application/chrome.exe"),
          join(process.env[variable], "Microsoft/Edge/Application/msedge.exe"),
        ]
      : [],
  ),
];

/** The first of these commands found in the PATH, or null. */
export function findCommand(/** @type {string[]} */ ...commands) {
  return findIn(process.env["PATH"] ?? "", commands);
}

function findIn(/** @type {string} */ path, /** @type {string[]} */ commands) {
  const folders = path.split(delimiter).filter(Boolean);
  for (const command of commands)
    for (const folder of folders) if (existsSync(join(folder, command))) return join(folder, command);
  return null;
}

/** npm's Chromium is a program for Linux on x64 with glibc. */
function hasPackedChromium() {
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync(packed)) return false;
  // Host names of connections would be looked up.
  process.report.excludeNetwork = true;
  return Boolean(/** @type {any} */ (process.report.getReport()).header.glibcVersionRuntime);
}

/**
 * The program that the tests use: `CHROME_PATH`, else an installed Chromium, Chrome or Edge, else null for the one that
 * npm brought. Throws an error of one line where there is none.
 * @param {{ env?: NodeJS.ProcessEnv, programs?: readonly string[], hasPacked?: boolean }} [machine]
 */
export function findChromium({ env = process.env, programs = places, hasPacked = hasPackedChromium() } = {}) {
  const named = env["CHROME_PATH"];
  if (named && !existsSync(named))
    throw new Error(`CHROME_PATH points to ${named}, where there is no file: correct it, or unset it.`);
  const installed =
    named || findIn(env["PATH"] ?? "", names) || programs.find((program) => existsSync(program));
  if (installed || hasPacked) return installed || null;
  throw new Error(
    "The tests need a browser, and there is none: install Chromium (apt-get install chromium, apk add chromium, " +
      "brew install --cask chromium), Chrome or Edge, or set CHROME_PATH to its program. npm brings one for Linux x64 alone.",
  );
}

function environment(/** @type {Record<string, string>} */ more = {}) {
  /** @type {Record<string, string>} */
  const env = {};
  for (const [key, value] of Object.entries(process.env)) if (value !== undefined) env[key] = value;
  return { ...env, ...more };
}

/** Unpacks the Chromium of `@sparticuz/chromium` (Linux x64) beside the installed packages, once. */
async function unpack() {
  const { version } = JSON.parse(readFileSync(join(packed, "package.json"), "utf8"));
  const bin = join(packed, "bin");
  const folder = join(modules, ".cache", `chromium-${version}`);
  if (!existsSync(folder)) {
    const half = `${folder}.${process.pid}`;
    mkdirSync(half, { recursive: true });
    const executable = createWriteStream(join(half, "chromium"), { mode: 0o755 });
    await pipeline(createReadStream(join(bin, "chromium.br")), createBrotliDecompress(), executable);
    for (const archive of ["al2023", "fonts", "swiftshader"]) {
      const tar = join(half, `${archive}.tar`);
      await pipeline(
        createReadStream(join(bin, `${archive}.tar.br`)),
        createBrotliDecompress(),
        createWriteStream(tar),
      );
      execFileSync("tar", ["-xf", tar, "-C", half, "--no-same-owner"]);
      rmSync(tar);
    }
    // the fonts.conf inside names folders of another machine
    writeFileSync(
      join(half, "fonts.conf"),
      `<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
    );
    try {
      renameSync(half, folder);
    } catch (error) {
      // another process was faster
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return {
    executablePath: join(folder, "chromium"),
    args,
    env: environment({
      LD_LIBRARY_PATH: [join(folder, "lib"), folder, process.env["LD_LIBRARY_PATH"]]
        .filter(Boolean)
        .join(":"),
      FONTCONFIG_PATH: folder,
    }),
  };
}

/** How to start the Chromium that `findChromium()` finds. @returns {Promise<ChromiumOptions>} */
export async function chromium() {
  const executablePath = findChromium();
  const program = executablePath ? { executablePath, args, env: environment() } : await unpack();
  return { ...program, headless: true, timeout: startTimeout };
}
