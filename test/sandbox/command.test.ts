import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { serveSandbox } from "../../src/cli/serve-sandbox.ts";

const variables = [
  "DINTERO_ACCOUNT_ID",
  "DINTERO_CLIENT_ID",
  "DINTERO_CLIENT_SECRET",
  "DINTERO_SIGNATURE_SECRET",
  "DINTERO_API_URL",
  "DINTERO_CHECKOUT_URL",
];

let folder = "";
let cli = "";
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-command-"));
  const root = fileURLToPath(new URL("../..", import.meta.url));
  await build({ root, mode: "node", logLevel: "error", build: { outDir: join(folder, "dist") } });
  cli = join(folder, "dist/cli.js");
  await writeFile(join(folder, "package.json"), `{"type":"module"}`);
}, 60_000);
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(...args: string[]) {
  // Node 20 looks for the file of `--env-file` itself, wherever the flag stands, unless there is a `--` before.
  const child = spawn(process.execPath, ["--", cli, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  const output = { out: "", err: "" };
  child.stdout.on("data", (data) => (output.out += String(data)));
  child.stderr.on("data", (data) => (output.err += String(data)));
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  /** Resolves when at least `count` lines were printed. */
  const lines = (count: number) =>
    new Promise<string[]>((resolve) => {
      const check = () => {
        const all = output.out.split("\n").slice(0, -1);
        if (all.length >= count) resolve(all);
      };
      child.stdout.on("data", check);
      check();
    });
  return { child, output, ended, lines };
}

describe("the command", () => {
  test("it prints environment variables, serves at their address, and stops cleanly on Ctrl-C", async () => {
    const { child, lines, ended, output } = start("sandbox", "--port", "0", "--secret", "s3cret");
    const [comment, ...pasted] = await lines(7);
    expect(comment).toMatch(/^# .*http:\/\/127\.0\.0\.1:\d+/);
    const environment = Object.fromEntries(pasted.map((line) => line.split("=", 2))) as Record<
      string,
      string
    >;
    expect(Object.keys(environment)).toEqual(variables);
    expect(environment).toMatchObject({ DINTERO_ACCOUNT_ID: "T12345678", DINTERO_CLIENT_SECRET: "s3cret" });
    const account = environment["DINTERO_ACCOUNT_ID"] ?? "";
    const api = environment["DINTERO_API_URL"] ?? "";
    const basic = btoa(`${environment["DINTERO_CLIENT_ID"]}:${environment["DINTERO_CLIENT_SECRET"]}`);
    const token = await fetch(`${api}/v1/accounts/${account}/auth/token`, {
      method: "POST",
      headers: { Authorization: `Basic ${basic}` },
      body: JSON.stringify({ grant_type: "client_credentials", audience: `${api}/v1/accounts/${account}` }),
    });
    expect(token.status).toBe(200);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(output.err).toBe("");
  });

  test("--json prints one object, and --account sets the account", async () => {
    const { lines } = start("sandbox", "--port=0", "--account=T00000007", "--json");
    const printed = JSON.parse((await lines(1))[0] ?? "") as Record<string, string>;
    expect(Object.keys(printed)).toEqual(["url", ...variables]);
    expect(printed["DINTERO_ACCOUNT_ID"]).toBe("T00000007");
  });

  test("a port in use is reported with alternatives and exit code 1", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { ended, output } = start("sandbox", "--port", String(port));
    expect(await ended).toBe(1);
    expect(output.err).toBe(
      `Port ${port} is taken. Use another one (--port ${port + 1}), or --port 0 for any that is free.\n`,
    );
    other.close();
  });

  test("a port that a sandbox has is reported with its address", async () => {
    const first = start("sandbox", "--port", "0", "--json");
    const { url } = JSON.parse((await first.lines(1))[0] ?? "") as { url: string };
    const port = Number(new URL(url).port);
    const second = start("sandbox", "--port", String(port));
    expect(await second.ended).toBe(1);
    expect(second.output.err).toBe(
      `A sandbox already runs there: ${url}. Use it, or start this one on another port (--port ${port + 1}).\n`,
    );
  });

  test("--env-file gets the variables, and keeps what it had when the port is taken", async () => {
    const file = join(folder, ".env");
    await writeFile(file, "SHOP=1\n");
    const first = start("sandbox", "--port", "0", "--env-file", file);
    const [listens = "", where] = await first.lines(2);
    expect(where).toBe(`# Its variables are in ${file}.`);
    const text = await readFile(file, "utf8");
    expect(text.split("\n").map((line) => line.split("=")[0])).toEqual(["SHOP", ...variables, ""]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [, port = ""] = /:(\d+) /.exec(listens) ?? [];
    expect(await start("sandbox", "--port", port, "--env-file", file).ended).toBe(1);
    expect(await readFile(file, "utf8")).toBe(text);
    expect(first.output.out).not.toContain("SECRET");
  });

  test("an --env-file that cannot be written ends the command with 1", async () => {
    const { ended, output } = start("sandbox", "--port", "0", "--env-file", join(folder, "none", ".env"));
    expect(await ended).toBe(1);
    expect(output.err).toContain(`Cannot write ${join(folder, "none", ".env")}: ENOENT`);
  });

  test.each(["0.0.0.0", "::"])("--host %s prints an address that opens", async (host) => {
    const { lines } = start("sandbox", "--port", "0", "--host", host, "--json");
    const { url, DINTERO_API_URL } = JSON.parse((await lines(1))[0] ?? "") as Record<string, string>;
    expect(DINTERO_API_URL).toBe(url);
    expect((await fetch(`${url}/_sandbox`)).status).toBe(200);
  });

  test("--url is printed, and used in the urls of sessions and redirects", async () => {
    const { lines } = start("sandbox", "--port", "0", "--url", "https://a1.tunnel.example");
    const [listens = "", reached, ...pasted] = await lines(8);
    expect(reached).toBe("# It is reached as https://a1.tunnel.example.");
    expect(pasted).toContain("DINTERO_API_URL=https://a1.tunnel.example");
    expect(pasted).toContain("DINTERO_CHECKOUT_URL=https://a1.tunnel.example");
    const [address = ""] = /http:\S+/.exec(listens) ?? [];
    const answer = await fetch(`${address}/_sandbox/checkout`, { method: "POST" });
    expect(await answer.json()).toMatchObject({
      url: expect.stringMatching(/^https:\/\/a1\.tunnel\.example\/v1\/view\//),
    });
  });

  test("a --host that is a tunnel's name is refused with the flags for one", async () => {
    const { ended, output } = start("sandbox", "--port", "0", "--host", "a1.tunnel.invalid");
    expect(await ended).toBe(1);
    expect(output.err).toContain("use --url https://a1.tunnel.invalid or --allow-host a1.tunnel.invalid");
  });

  test("each callback and its answer is a line of the terminal, without the query", async () => {
    const merchant = createHttpServer((_, response) => response.writeHead(418).end());
    await new Promise<void>((resolve) => merchant.listen(0, "127.0.0.1", resolve));
    const shop = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/callback`;
    const { child, lines, output } = start("sandbox", "--port", "0", "--json");
    const { url } = JSON.parse((await lines(1))[0] ?? "") as { url: string };
    const body = JSON.stringify({ url: { callback_url: `${shop}?key=hidden` } });
    const created = await fetch(`${url}/_sandbox/sessions`, { method: "POST", body });
    const { session } = (await created.json()) as { session: { id: string } };
    const printed = new Promise<void>((resolve) => child.stderr.once("data", () => resolve()));
    await fetch(`${url}/_sandbox/sessions/${session.id}/pay`, { method: "POST" });
    await printed;
    expect(output.err).toMatch(/^# \d\d:\d\d:\d\d result: GET http:\S+\/callback → 418\n$/);
    merchant.close();
  });

  test.each([
    [[], "Usage"],
    [["bogus"], "Unknown command: bogus"],
    [["sandbox", "--prot", "1"], "--prot"],
    [["sandbox", "--port", "99999"], "--port must be"],
    [["sandbox", "--account", "P12345678"], "account must be T and 8 digits"],
    [["sandbox", "--port", ""], "--port must be"],
    [["sandbox", "--port", "0x50"], "--port must be"],
    [["sandbox", "--port", "0", "--host", ""], "--host must not be empty"],
    [["sandbox", "--port", "0", "--state", ""], "--state must not be empty"],
    [["sandbox", "--secret", ""], "--secret must not be empty"],
    [["sandbox", "--deliver-to", "https://shop.test/"], "--deliver-to must be a host such as shop.test"],
    [["sandbox", "--deliver-to", ""], "--deliver-to must be a host"],
    [["sandbox", "--allow-host", "https://a.example/"], "--allow-host must be a host"],
    [["sandbox", "--allow-host", "*"], "--allow-host must name a host"],
    [["sandbox", "--url", "tunnel.example"], "--url must be an http or https address"],
    [
      ["sandbox", "--url", "https://tunnel.example/path"],
      "--url must be an http or https address without a path",
    ],
    [["sandbox", "--url", ""], "--url must be"],
    [["sandbox", "--env-file", ""], "--env-file must not be empty"],
    [["doctor", "--bogus"], "--bogus"],
    [["doctor", "--url", "shop.example"], "--url must be a whole address"],
  ])("%j is refused with the usage and exit code 2", async (args, message) => {
    const { ended, output } = start(...args);
    expect(await ended).toBe(2);
    expect(output.err).toContain(message);
    expect(output.err).toContain("Usage: dintero-checkout-element");
  });

  test.each([
    [["--help"]],
    [["help"]],
    [["sandbox", "--help"]],
    [["sandbox", "--port", "0", "-h"]],
    [["doctor", "-h"]],
  ])("%j prints the usage", async (args) => {
    const { ended, output } = start(...args);
    expect(await ended).toBe(0);
    expect(output.out).toContain("Usage: dintero-checkout-element");
  });

  test("--state keeps sessions, transactions and credentials over a restart", async () => {
    const file = join(folder, "state.json");
    const first = start("sandbox", "--port", "0", "--json", "--state", file);
    const before = JSON.parse((await first.lines(1))[0] ?? "") as Record<string, string>;
    const created = await fetch(`${before["url"]}/_sandbox/sessions`, { method: "POST" });
    const { session } = (await created.json()) as { session: { id: string } };
    await fetch(`${before["url"]}/_sandbox/sessions/${session.id}/pay`, { method: "POST" });
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const second = start("sandbox", "--port", "0", "--json", "--state", file);
    const after = JSON.parse((await second.lines(1))[0] ?? "") as Record<string, string>;
    expect(after["DINTERO_CLIENT_SECRET"]).toBe(before["DINTERO_CLIENT_SECRET"]);
    const kept = await fetch(`${after["url"]}/_sandbox/sessions/${session.id}`);
    expect(await kept.json()).toMatchObject({
      session: { id: session.id },
      transaction: { status: "AUTHORIZED" },
    });
  });

  test("a state that cannot be written at the end is reported without a stack and exits with 1", async () => {
    const gone = await mkdtemp(join(folder, "gone-"));
    const file = join(gone, "state.json");
    const { child, lines, ended, output } = start("sandbox", "--port", "0", "--json", "--state", file);
    const { url } = JSON.parse((await lines(1))[0] ?? "") as { url: string };
    await rm(gone, { recursive: true });
    await fetch(`${url}/_sandbox/sessions`, { method: "POST" });
    child.kill("SIGINT");
    expect(await ended).toBe(1);
    expect(output.err).toContain(`Cannot write ${file}`);
    expect(output.err).not.toMatch(/\n\s+at /);
  });

  test("a file that is not a state is reported and left unchanged", async () => {
    const file = join(folder, "notes.txt");
    await writeFile(file, "my notes");
    const { ended, output } = start("sandbox", "--port", "0", "--state", file);
    expect(await ended).toBe(1);
    expect(output.err).toContain("does not hold the state of a sandbox");
    expect(await readFile(file, "utf8")).toBe("my notes");
  });

  test("a second sandbox on the same --state file ends with one line that says so", async () => {
    const file = join(folder, "shared.json");
    const first = start("sandbox", "--port", "0", "--json", "--state", file);
    await first.lines(1);
    const second = start("sandbox", "--port", "0", "--state", file);
    expect(await second.ended).toBe(1);
    expect(second.output).toEqual({
      out: "",
      err: `Cannot use ${file}: another sandbox uses it. End that one, or give each a file of its own\n`,
    });
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    expect((await readdir(folder)).filter((name) => name.startsWith("shared.json"))).toEqual(["shared.json"]);
  });

  test("the lock of a killed sandbox does not block the next one", async () => {
    const file = join(folder, "killed.json");
    const first = start("sandbox", "--port", "0", "--json", "--state", file);
    await first.lines(1);
    first.child.kill("SIGKILL");
    await first.ended;
    const second = start("sandbox", "--port", "0", "--json", "--state", file);
    expect(await second.lines(1)).toHaveLength(1);
  });

  test("nothing that was answered is lost when the process is killed among fifty payments", async () => {
    const file = join(folder, "killed-paying.json");
    const first = start("sandbox", "--port", "0", "--json", "--state", file);
    const { url } = JSON.parse((await first.lines(1))[0] ?? "") as { url: string };
    const paid: string[] = [];
    const post = async (path: string) =>
      (await (await fetch(`${url}/_sandbox/sessions${path}`, { method: "POST" })).json()) as {
        session: { id: string };
      };
    await Promise.allSettled(
      Array.from({ length: 50 }, async () => {
        const { session } = await post("");
        await post(`/${session.id}/pay`);
        paid.push(session.id);
        if (paid.length === 20) first.child.kill("SIGKILL");
      }),
    );
    await first.ended;
    expect(paid.length).toBeGreaterThanOrEqual(20);
    const second = start("sandbox", "--port", "0", "--json", "--state", file);
    const again = JSON.parse((await second.lines(1))[0] ?? "") as { url: string };
    for (const id of paid) {
      const kept = await fetch(`${again.url}/_sandbox/sessions/${id}`);
      expect(await kept.json()).toMatchObject({ transaction: { status: "AUTHORIZED" } });
    }
  });

  test("--state in a missing folder is reported", async () => {
    const { ended, output } = start("sandbox", "--port", "0", "--state", join(folder, "none", "state.json"));
    expect(await ended).toBe(1);
    expect(output.err).toContain("none");
    expect(output.err).not.toContain("    at ");
  });
});

describe("serving", () => {
  test("it listens on loopback by default", async () => {
    const listening = await serveSandbox(createSandbox());
    expect((listening.server.address() as AddressInfo).address).toBe("127.0.0.1");
    expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await listening.close();
  });
});
