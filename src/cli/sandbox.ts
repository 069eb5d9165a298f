import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import { isHost, isUnspecified } from "../sandbox/hosts.ts";
import { SandboxError } from "../sandbox/errors.ts";
import { createSandbox, type Sandbox, type StateFile } from "../sandbox/index.ts";
import { openStateFileWith } from "../sandbox/write-state-file.ts";
import { parseFlags, UsageError } from "./flags.ts";
import { isWeb } from "../core/addresses.ts";
import { writeEnvFile } from "./env-file.ts";
import { isSandbox } from "./find-sandbox.ts";
import { printDeliveries } from "./print-deliveries.ts";
import { addressOf, serveSandbox } from "./serve-sandbox.ts";

export const sandboxFlags = {
  port: { type: "string" },
  host: { type: "string" },
  account: { type: "string" },
  secret: { type: "string" },
  state: { type: "string" },
  url: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  "trust-network": { type: "boolean" },
  "deliver-to": { type: "string", multiple: true },
  "env-file": { type: "string" },
  json: { type: "boolean" },
} as const;

/** Runs the sandbox until Ctrl-C. Resolves to the exit code: 1 when it cannot start, or cannot save its state. */
export async function sandboxCommand(args: readonly string[]): Promise<number> {
  const flags = readFlags(args);
  let state: StateFile | undefined;
  try {
    if (flags.state !== undefined)
      state = openStateFileWith({ fs, path, spawnSync, platform: process.platform }, flags.state);
    await run(flags, state);
    state?.close();
    return 0;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    console.error((error as Error).message);
    return 1;
  } finally {
    closeQuietly(state);
  }
}

type Flags = ReturnType<typeof readFlags>;

function readFlags(args: readonly string[]) {
  const flags = parseFlags(args, sandboxFlags);
  // An empty value usually comes from a variable that is not set; Node would listen on every address for it.
  for (const name of ["host", "secret", "state", "env-file"] as const)
    if (flags[name]?.trim() === "") throw new UsageError(`--${name} must not be empty`);
  for (const name of ["deliver-to", "allow-host"] as const)
    for (const host of flags[name] ?? [])
      if (!isHost(host))
        throw new UsageError(
          `--${name} must be a host such as shop.test or shop:3000, not ${JSON.stringify(host)}`,
        );
  if (flags["allow-host"]?.includes("*"))
    throw new UsageError(
      "--allow-host must name a host: any website could reach the sandbox by a name of its own",
    );
  if (flags.url !== undefined && !isOrigin(flags.url))
    throw new UsageError(
      `--url must be an http or https address without a path, such as https://name.example, not ${JSON.stringify(flags.url)}`,
    );
  const port = flags.port ?? "4242";
  if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new UsageError("--port must be 0 to 65535");
  return { ...flags, port: Number(port) };
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return isWeb(url) && url.href === `${url.origin}/`;
}

async function run(flags: Flags, state: StateFile | undefined): Promise<void> {
  const sandbox = create(flags, state);
  // Reports a file that cannot be written before anybody relies on it.
  state?.flush();
  const listening = await serveSandbox(sandbox, flags.port, flags.host).catch(async (error: unknown) => {
    throw new Error(await explain(error as NodeJS.ErrnoException, flags.port, flags.host), { cause: error });
  });
  const ended = new AbortController();
  try {
    announce(sandbox, listening.url, flags);
    void printDeliveries(sandbox, ended.signal);
    await interrupted();
  } finally {
    ended.abort();
    await listening.close();
  }
  sandbox.deliveries.clear();
}

function create(
  { account, secret, host, url, "deliver-to": deliverTo = [], ...flags }: Flags,
  state: StateFile | undefined,
): Sandbox {
  try {
    return createSandbox({
      hosts: [...hostsOf(host), ...(flags["allow-host"] ?? [])],
      trustNetwork: flags["trust-network"] === true,
      deliverTo,
      ...(url !== undefined && { url: new URL(url).origin }),
      ...(account !== undefined && { account }),
      ...(secret !== undefined && { secret }),
      ...(state && { state }),
    });
  } catch (error) {
    if (error instanceof SandboxError && error.code === "invalid_account")
      throw new UsageError(`--account: ${error.message}`);
    throw error;
  }
}

/** What requests may name where it listens beyond loopback. */
function hostsOf(host: string | undefined): readonly string[] {
  if (host === undefined) return [];
  return isUnspecified(host) ? [host, hostname()] : [host];
}

/** Releases the lock after a failure, which has been reported already. */
function closeQuietly(state: StateFile | undefined): void {
  try {
    state?.close();
  } catch {
    // Nothing to add to the first message.
  }
}

async function explain(error: NodeJS.ErrnoException, port: number, host = "127.0.0.1"): Promise<string> {
  if (error.code === "EADDRINUSE" && (await isSandbox(addressOf(host, port))))
    return `A sandbox already runs there: ${addressOf(host, port)}. Use it, or start this one on another port (--port ${port + 1}).`;
  if (error.code === "EADDRINUSE")
    return `Port ${port} is taken. Use another one (--port ${port + 1}), or --port 0 for any that is free.`;
  if (error.code === "EACCES") return `Port ${port} may not be used by this user. Use one above 1023.`;
  const code = error.code ?? error.message;
  if (["ENOTFOUND", "EADDRNOTAVAIL", "EAI_AGAIN"].includes(code))
    return `Cannot listen on ${host}: it is not an address of this machine (${code}). If the sandbox is reached by that name, use --url https://${host} or --allow-host ${host}.`;
  return `Cannot listen on ${host}:${port} (${code}).`;
}

/** Prints lines to paste into a shell or an .env file, or writes them into one; all else is a comment in both. */
function announce(
  { accountId, clientId, clientSecret, signatureSecret }: Sandbox,
  listening: string,
  { url: publicUrl, json, "env-file": envFile }: Flags,
): void {
  const url = publicUrl === undefined ? listening : new URL(publicUrl).origin;
  const environment = {
    DINTERO_ACCOUNT_ID: accountId,
    DINTERO_CLIENT_ID: clientId,
    DINTERO_CLIENT_SECRET: clientSecret,
    DINTERO_SIGNATURE_SECRET: signatureSecret,
    DINTERO_API_URL: url,
    DINTERO_CHECKOUT_URL: url,
  };
  if (envFile !== undefined) writeEnvFile(envFile, environment);
  if (json) {
    console.log(JSON.stringify({ url, ...environment }));
    return;
  }
  console.log(
    `# Dintero's sandbox listens at ${listening} (open it for the console). No real money. Ctrl-C ends it.`,
  );
  if (url !== listening) console.log(`# It is reached as ${url}.`);
  if (envFile !== undefined) {
    console.log(`# Its variables are in ${envFile}.`);
    return;
  }
  for (const [name, value] of Object.entries(environment)) console.log(`${name}=${value}`);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
