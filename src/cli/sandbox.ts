import { SandboxError } from "../sandbox/errors.ts";
import { createSandbox, type Sandbox } from "../sandbox/index.ts";
import { parseFlags, UsageError } from "./flags.ts";
import { serveSandbox, type Listening } from "./serve-sandbox.ts";
import { stateFile } from "./state-file.ts";

/** What `sandbox` may be told. */
export const sandboxFlags = {
  port: { type: "string" },
  host: { type: "string" },
  account: { type: "string" },
  secret: { type: "string" },
  state: { type: "string" },
  json: { type: "boolean" },
} as const;

/** `sandbox`: listens until Ctrl-C. Exit code 1 when it cannot. */
export async function sandboxCommand(args: readonly string[]): Promise<number> {
  const given = parseFlags(args, sandboxFlags);
  // Such as a variable that is not set: of no host Node makes every one, of no port any that is free.
  for (const flag of ["host", "secret", "state"] as const)
    if (given[flag]?.trim() === "") throw new UsageError(`--${flag} must not be empty`);
  const port = Number(given.port ?? 4242);
  if (!/^\d+$/.test(given.port ?? "4242") || port > 65_535) throw new UsageError("--port must be 0 to 65535");
  const state = given.state === undefined ? undefined : stateFile(given.state);
  let sandbox: Sandbox;
  try {
    sandbox = createSandbox({
      ...(given.account !== undefined && { account: given.account }),
      ...(given.secret !== undefined && { secret: given.secret }),
      ...(state && { state }),
    });
    state?.flush();
  } catch (error) {
    if (error instanceof SandboxError && error.code === "invalid_account")
      throw new UsageError(`--account: ${error.message}`);
    console.error((error as Error).message);
    return 1;
  }
  let listening: Listening;
  try {
    listening = await serveSandbox(sandbox, port, given.host);
  } catch (error) {
    console.error(explain(error as NodeJS.ErrnoException, port, given.host));
    return 1;
  }
  print(sandbox, listening.url, given.json === true);
  await interrupted();
  await listening.close();
  sandbox.deliveries.clear();
  try {
    state?.flush();
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
  return 0;
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
