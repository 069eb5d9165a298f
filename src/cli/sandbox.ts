import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import { isHost, isUnspecified } from "../sandbox/hosts.ts";
import { SandboxError } from "../sandbox/errors.ts";
import { createSandbox, type Sandbox, type StateFile } from "../sandbox/index.ts";
import { openStateFileWith } from "../sandbox/write-state-file.ts";
import { parseFlags, UsageError } from "./flags.ts";
import { serveSandbox } from "./serve-sandbox.ts";

export const sandboxFlags = {
  port: { type: "string" },
  host: { type: "string" },
  account: { type: "string" },
  secret: { type: "string" },
  state: { type: "string" },
  "deliver-to": { type: "string", multiple: true },
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
  for (const name of ["host", "secret", "state"] as const)
    if (flags[name]?.trim() === "") throw new UsageError(`--${name} must not be empty`);
  for (const host of flags["deliver-to"] ?? [])
    if (!isHost(host))
      throw new UsageError(
        `--deliver-to must be a host such as shop.test or shop:3000, not ${JSON.stringify(host)}`,
      );
  const port = flags.port ?? "4242";
  if (!/^\d+$/.test(port) || Number(port) > 65_535) throw new UsageError("--port must be 0 to 65535");
  return { ...flags, port: Number(port) };
}

async function run(flags: Flags, state: StateFile | undefined): Promise<void> {
  const sandbox = create(flags, state);
  // Reports a file that cannot be written before anybody relies on it.
  state?.flush();
  const listening = await serveSandbox(sandbox, flags.port, flags.host).catch((error: unknown) => {
    throw new Error(explain(error as NodeJS.ErrnoException, flags.port, flags.host), { cause: error });
  });
  print(sandbox, listening.url, flags.json === true);
  await interrupted();
  await listening.close();
  sandbox.deliveries.clear();
}

function create(
  { account, secret, host, "deliver-to": deliverTo = [] }: Flags,
  state: StateFile | undefined,
): Sandbox {
  try {
    return createSandbox({
      hosts: host === undefined ? [] : isUnspecified(host) ? [host, hostname()] : [host],
      deliverTo,
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

/** Releases the lock after a failure, which has been reported already. */
function closeQuietly(state: StateFile | undefined): void {
  try {
    state?.close();
  } catch {
    // Nothing to add to the first message.
  }
}

function explain(error: NodeJS.ErrnoException, port: number, host = "127.0.0.1"): string {
  if (error.code === "EADDRINUSE")
    return `Port ${port} is taken. Use another one (--port ${port + 1}), or --port 0 for any that is free.`;
  if (error.code === "EACCES") return `Port ${port} may not be used by this user. Use one above 1023.`;
  return `Cannot listen on ${host}:${port} (${error.code ?? error.message}).`;
}

/** Lines to paste into a shell or an .env file; all else is a comment in both. */
function print({ accountId, clientId, clientSecret, signatureSecret }: Sandbox, url: string, json: boolean) {
  const environment = {
    DINTERO_ACCOUNT_ID: accountId,
    DINTERO_CLIENT_ID: clientId,
    DINTERO_CLIENT_SECRET: clientSecret,
    DINTERO_SIGNATURE_SECRET: signatureSecret,
    DINTERO_API_URL: url,
    DINTERO_CHECKOUT_URL: url,
  };
  if (json) {
    console.log(JSON.stringify({ url, ...environment }));
    return;
  }
  console.log(
    `# Dintero's sandbox listens at ${url} (open it for the console). No real money. Ctrl-C ends it.`,
  );
  for (const [name, value] of Object.entries(environment)) console.log(`${name}=${value}`);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
