// From an empty folder to a checked shop, by the README's own commands, entered into one shell.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { namedBlock } from "../../docs/blocks.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "empty-"));
const packed = mkdtempSync(join(tmpdir(), "packed-"));

const shell = spawn("sh", { cwd: folder, detached: true, stdio: ["pipe", "pipe", "inherit"] });
let printed = "";
let wake = () => {};
shell.stdout.on("data", (data) => {
  printed += String(data);
  wake();
});

afterAll(() => {
  // Together with what it has started.
  if (shell.pid) process.kill(-shell.pid, "SIGTERM");
  for (const one of [folder, packed]) rmSync(one, { recursive: true, force: true });
});

/** Types a line, and resolves with what is printed from then on up to a match. */
async function type(line: string, until: RegExp): Promise<RegExpExecArray> {
  printed = "";
  shell.stdin.write(`${line}\n`);
  for (;;) {
    const match = until.exec(printed);
    if (match) return match;
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

test("sandbox, shop and doctor, in at most eight commands: all green, and the shopper comes back", async () => {
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", packed], {
    cwd: root,
    stdio: "ignore",
  });
  const [file = ""] = readdirSync(packed);
  const commands = namedBlock("commands").code.trim().split("\n");
  expect(commands.length).toBeLessThanOrEqual(8);
  const [install = "", sandbox = "", shop = "", environment = "", doctor = "", ...more] = commands;
  expect(more).toEqual([]);

  // What differs from the README: the package as packed here, and ports that are free.
  const tarball = join(packed, file);
  const quietly = `--prefer-offline --no-audit --no-fund --loglevel=error`;
  await type(
    `${install.replace("dintero-checkout-element", `${quietly} '${tarball}'`)}; echo installed $?`,
    /installed 0/,
  );
  const [, dintero = ""] = await type(
    sandbox.replace("sandbox", "sandbox --port 0"),
    /listens at (\S+)[\s\S]*variables are in .*\n/,
  );
  // only now: a free port may be taken by the time the installation ends
  const port = await freePort();
  for (const name of ["dintero.mjs", "checkout.mjs", "shop.mjs"]) {
    writeFileSync(join(folder, name), namedBlock(name).code.replaceAll("3000", port));
  }
  await type(shop, /http:\/\/127.*\n/);
  const [result] = await type(
    `${environment}\n${doctor.replaceAll("3000", port)}; echo exit code $?`,
    /[\s\S]*exit code \d\n/,
  );
  expect(result.trim().split("\n")).toEqual([
    ...["environment", "signature secret", "credentials", "clock", "session", "endpoint"].map(well),
    ...["page", "page tag", "page frame", "page warm start"].map(well),
    expect.stringMatching(/^ {2}→ Add beside the tag: <iframe hidden /),
    ...["page script", "page connection", "page wallets"].map(well),
    "All 13 checks passed.",
    "exit code 0",
  ]);

  const post = async (address: string) => {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" } });
    return (await answer.json()) as { id: string; outcome: { href: string } };
  };
  const { id } = await post(`http://127.0.0.1:${port}/api/checkout`);
  const { outcome } = await post(`${dintero}/_sandbox/sessions/${id}/pay`);
  const thanks = await fetch(outcome.href);
  expect(await thanks.text(), "the page that a shopper comes back to").toContain("<dintero-return");
});

const well = (name: string) => expect.stringMatching(new RegExp(`^✔ ${name} {2,}`)) as string;
