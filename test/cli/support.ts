import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { doctorCommand } from "../../src/cli/doctor.ts";
import type { Runtime } from "../../src/cli/runtime.ts";
import type { Finding } from "../../src/cli/doctor/finding.ts";
import { serveSandbox } from "../../src/cli/serve-sandbox.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Starts a sandbox. Returns it with the environment that the command would print. */
export async function sandboxed(options?: SandboxOptions) {
  const sandbox = createSandbox(options);
  const { url, close } = await serveSandbox(sandbox);
  open.push(close);
  const env: Record<string, string> = {
    DINTERO_ACCOUNT_ID: sandbox.accountId,
    DINTERO_CLIENT_ID: sandbox.clientId,
    DINTERO_CLIENT_SECRET: sandbox.clientSecret,
    DINTERO_SIGNATURE_SECRET: sandbox.signatureSecret,
    DINTERO_API_URL: url,
    DINTERO_CHECKOUT_URL: url,
  };
  return { sandbox, env, url, close };
}

/** Starts a server for one test. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Adapts a handler to such a server. */
export function listener(handler: (request: Request) => Promise<Response>): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    void (async () => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
      const { method = "GET" } = request;
      const headers = request.headers as Record<string, string>;
      const answer = await handler(new Request(url, { method, headers, ...(body && { body }) }));
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    })();
  };
}

/** An address where nothing listens. */
export async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Runs the command. Returns its exit code, its output, and its findings by name. */
export async function doctor(env: Runtime["env"], args: string[] = [], more: Partial<Runtime> = {}) {
  const lines: string[] = [];
  const runtime = { env, print: (text: string) => void lines.push(text), confirm: undefined, ...more };
  const code = await doctorCommand([...args, "--json"], runtime);
  const printed = lines.join("\n");
  const { checks, ok } = JSON.parse(printed) as { ok: boolean; checks: Finding[] };
  return { code, ok, printed, checks, find: (name: string) => checks.find((check) => check.name === name) };
}
