// The README's shop of three files, on requests that no browser sends.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "small-shop-"));
const processes: ChildProcess[] = [];
let port: number;
let shop: ChildProcess;

function listing(name: string): string {
  const [, code] = new RegExp(`\`\`\`js name=${name.replace(".", "\\.")}\n([^]*?)\`\`\``).exec(readme) ?? [];
  if (!code) throw new Error(`README.md has no listing called ${name}`);
  return code;
}

/** Starts a program, and resolves to what it has printed once that matches. */
async function start(
  args: readonly string[],
  { env = {}, until }: { env?: NodeJS.ProcessEnv; until: RegExp },
) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  processes.push(child);
  let output = "";
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (until.test(output)) break;
  }
  return { child, output };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sends bytes as they are, and resolves to the first of the answer, or to nothing when the connection is closed. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const end = (answer: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", (data) => end(String(data)));
    socket.once("error", () => end(""));
    socket.once("close", () => end(""));
  });
}

beforeAll(async () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/dintero-checkout-element"), "dir");
  const cli = join(root, "dist/cli.js");
  const sandbox = await start([cli, "sandbox", "--port", "0"], { until: /DINTERO_CHECKOUT_URL=.*\n/ });
  const lines = sandbox.output.matchAll(/^(?:export )?(DINTERO_\w+)="?([^"\n]*)"?$/gm);
  port = await freePort();
  for (const name of ["dintero.mjs", "checkout.mjs", "shop.mjs"]) {
    writeFileSync(join(folder, name), listing(name).replaceAll("3000", String(port)));
  }
  const env = Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
  ({ child: shop } = await start(["shop.mjs"], { env, until: /http:\/\/.*\n/ }));
});

afterAll(() => {
  for (const child of processes) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

const post = (host: string) =>
  `POST /api/checkout HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;

test.each([
  ["a host that is none", post("Host: not a host\r\n")],
  ["a host with a port out of range", post("Host: shop.example:99999\r\n")],
  ["an open bracket as its host", post("Host: [\r\n")],
  ["an empty host", post("Host:\r\n")],
  ["no host", post("")],
  ["another site's host", post("Host: evil.example\r\n")],
  ["a body that is not JSON", post("Host: x\r\n").replace("{}", "<>")],
  ["a body that breaks off", post("Host: x\r\n").replace("Length: 2", "Length: 2000")],
  ["a path of another host", "GET //evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a path that cannot be decoded", "GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["the name of a property that every object has", "GET /constructor HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a whole address as its path", "GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["no path", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"],
])("a request with %s is answered, and the shop keeps running", async (name, bytes) => {
  const answer = name.endsWith("breaks off") ? await abandon(bytes) : await send(bytes);
  if (!name.endsWith("breaks off")) expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /);
  expect(answer).not.toContain("    at ");

  const url = `http://127.0.0.1:${port}`;
  expect((await fetch(`${url}/`)).status).toBe(200);
  const headers = { "content-type": "application/json" };
  const session = await fetch(`${url}/api/checkout`, { method: "POST", body: "{}", headers });
  expect(await session.json()).toMatchObject({ id: expect.stringMatching(/^T/) });
  expect(shop.exitCode).toBeNull();
});

/** Sends the beginning of a request and hangs up. */
async function abandon(bytes: string): Promise<string> {
  await new Promise<void>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, () => socket.destroy()));
    socket.once("close", () => resolve());
  });
  return "";
}
