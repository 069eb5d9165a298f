// One conformance suite for every host of the README: the recipes as they are shown, with the package as npm would
// install it. `node run.mjs deno bun` runs only those whose names start that way. Ends with `hosts: N passed, N failed`.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import { allowedOrigin, publicUrl, tests } from "./conformance.mjs";
import { hosts, start } from "./hosts.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hosts-"));
const modules = join(here, "node_modules");

function run(command, args, cwd = here) {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Installs the lockfile's packages, the packed package beside them, and copies the recipes. */
function install() {
  run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"]);
  // some npm versions do not run these by themselves
  for (const script of ["bun/install.js", "deno/install.cjs", "workerd/install.js"]) {
    run(process.execPath, [join(modules, script)], join(modules, script, ".."));
  }
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root),
  );
  const installed = join(modules, "dintero-checkout-element");
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed);
  run("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  cpSync(join(root, "demo/hosts"), folder, { recursive: true });
  cpSync(join(here, "package.json"), join(folder, "package.json"));
  symlinkSync(modules, join(folder, "node_modules"));
  return installed;
}

/** A sandbox that listens, and counts the host's token requests. */
async function open({ createSandbox }) {
  // The proxy: requests to the public address go to the host, under the host's own name.
  const proxied = { url: "" };
  const forward = (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname, search } = new URL(request.url);
    return fetch(origin === publicUrl ? proxied.url + pathname + search : request.url, init);
  };
  const sandbox = createSandbox({ retryDelay: () => 0, fetch: forward });
  const tokens = new Set();
  let tokenRequests = 0;
  const answer = async (request) => {
    const token = new URL(request.url).pathname.endsWith("/auth/token");
    if (token) tokenRequests += 1;
    const response = await sandbox.fetch(request);
    if (token && response.ok) tokens.add((await response.clone().json()).access_token);
    return response;
  };
  const server = await new Promise((resolve) => {
    const listening = serve({ fetch: answer, port: 0, hostname: "127.0.0.1" }, () => resolve(listening));
  });
  const close = () => {
    sandbox.deliveries.clear();
    server.close();
    server.closeAllConnections();
  };
  const sandboxUrl = `http://127.0.0.1:${server.address().port}`;
  return { proxied, sandbox, sandboxUrl, tokens, tokenRequests: () => tokenRequests, close };
}

const total = { passed: 0, failed: 0 };

function report(name, test, error) {
  total[error ? "failed" : "passed"] += 1;
  if (error) console.log(`✘ ${name}: ${test}\n${error.stack ?? error}`);
}

async function conform(name, command, kit) {
  const dintero = await open(kit);
  const { sandbox, sandboxUrl } = dintero;
  // Another address than the host's own, as behind a proxy.
  const environment = {
    PUBLIC_URL: publicUrl,
    DINTERO_ACCOUNT_ID: sandbox.accountId,
    DINTERO_CLIENT_ID: sandbox.clientId,
    DINTERO_CLIENT_SECRET: sandbox.clientSecret,
    DINTERO_SIGNATURE_SECRET: sandbox.signatureSecret,
    DINTERO_API_URL: sandboxUrl,
    DINTERO_CHECKOUT_URL: sandboxUrl,
    ALLOWED_ORIGINS: allowedOrigin,
  };
  let host;
  try {
    host = await start(await command(folder), folder, environment);
    dintero.proxied.url = host.url;
    const shop = { name, seen: [], ...kit, ...dintero, ...host };
    for (const [test, body] of Object.entries(tests)) {
      await body(shop).then(
        () => report(name, test),
        (error) => report(name, test, error),
      );
    }
  } catch (error) {
    report(name, "starts", error);
  } finally {
    await host?.stop();
    dintero.close();
  }
}

try {
  const installed = install();
  mkdirSync(join(folder, "workerd"));
  const load = (file) => import(pathToFileURL(join(installed, "dist", file)).href);
  const { createDinteroClient } = await load("server.js");
  const kit = { ...(await load("sandbox.js")), createDinteroClient };
  const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
  for (const [name, command] of Object.entries(hosts)) {
    if (wanted.length && !wanted.some((begin) => name.toLowerCase().startsWith(begin))) continue;
    const before = { ...total };
    const since = Date.now();
    await conform(name, command, kit);
    const seconds = ((Date.now() - since) / 1000).toFixed(1);
    console.log(
      `${name}: ${total.passed - before.passed} passed, ${total.failed - before.failed} failed (${seconds} s)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`hosts: ${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
