import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { existsSync, readFileSync } from "node:fs";
import {
  appendFile,
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createOrder,
  createSandbox,
  expire,
  nextCallback,
  openStateFile,
  pay,
} from "../../src/sandbox/index.ts";
import { readState } from "../../src/sandbox/read-state.ts";
import { openStateFileWith } from "../../src/sandbox/write-state-file.ts";

const modules = { fs, path, spawnSync, platform: process.platform };

/** Ids of the sessions that a file holds. */
function idsIn(file: string): string[] {
  const state = readState(readFileSync(file, "utf8"));
  if (typeof state === "string") throw new Error(state);
  return state.sessions.map(({ session }) => session.id);
}

let folder = "";
let file = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "state-file-"));
  file = join(folder, "state.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("the next sandbox reads the state of the previous one", async () => {
  const state = await openStateFile(file);
  const sandbox = createSandbox({ state });
  const order = await createOrder(sandbox);
  const { id } = await pay(order);
  state.close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const again = await openStateFile(file);
  const restarted = createSandbox({ state: again });
  expect(restarted.transactions.get(id)).toEqual(sandbox.transactions.get(id));
  expect(restarted.sessions.get(order.id)).toEqual(sandbox.sessions.get(order.id));
  expect(restarted.clientSecret).toBe(sandbox.clientSecret);
  again.close();
});

test("a change is saved soon after, without a call of flush()", async () => {
  const state = await openStateFile(file);
  const order = await createOrder(createSandbox({ state }));
  await vi.waitFor(async () => expect(await readFile(file, "utf8")).toContain(order.id));
  state.close();
});

test("a missing folder is reported in one line, and saving works again once it is back", async () => {
  const lines: string[] = [];
  const place = join(folder, "place");
  await mkdir(place);
  const state = await openStateFile(join(place, "state.json"), { onError: (line) => lines.push(line) });
  const sandbox = createSandbox({ state });
  state.flush();
  await rm(place, { recursive: true });
  await createOrder(sandbox);
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect(lines[0]).toMatch(/^Cannot write .*state\.json: ENOENT[^\n]*tries again[^\n]*$/);
  await createOrder(sandbox);
  await state.settled();
  expect(() => state.flush()).toThrow("Cannot write");
  await mkdir(place);
  const { id } = await createOrder(sandbox);
  await vi.waitFor(async () => expect(await readFile(join(place, "state.json"), "utf8")).toContain(id));
  expect(lines).toHaveLength(1);
  state.close();
});

test("a full disk stops neither the sandbox nor its answers, and the whole state is written once there is room", async () => {
  const lines: string[] = [];
  let full = false;
  const writeSync = ((fd: number, bytes: Uint8Array, offset: number) => {
    if (!full) return fs.writeSync(fd, bytes, offset);
    // As a disk does: some of it fits.
    if (offset === 0) return fs.writeSync(fd, bytes, 0, 10);
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  }) as typeof fs.writeSync;
  const state = openStateFileWith({ ...modules, fs: { ...fs, writeSync } }, file, {
    onError: (line) => lines.push(line),
  });
  const sandbox = createSandbox({ state });
  await state.settled();
  full = true;
  const order = await createOrder(sandbox);
  await state.settled();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("ENOSPC");
  expect(sandbox.sessions.get(order.id)).toBeDefined();
  expect(() => state.flush()).toThrow("ENOSPC");
  full = false;
  const second = await createOrder(sandbox);
  state.close();
  expect(idsIn(file)).toEqual([order.id, second.id]);
});

test.skipIf(process.getuid?.() === 0)(
  "a folder that cannot be written to is refused when the file is opened",
  async () => {
    await chmod(folder, 0o500);
    await expect(openStateFile(file)).rejects.toThrow(`Cannot use ${file}: EACCES`);
  },
);

test("the same file cannot be opened twice in one process, under any path", async () => {
  const state = await openStateFile(file);
  await symlink(file, join(folder, "link.json"));
  for (const path of [join(folder, ".", "x", "..", "state.json"), join(folder, "link.json")])
    await expect(openStateFile(path)).rejects.toThrow("another sandbox uses it");
  state.close();
  (await openStateFile(file)).close();
});

test("nothing is left of a file that was opened and not used", async () => {
  (await openStateFile(file)).close();
  expect(await readdir(folder)).toEqual([]);
});

test.each(["", "\n"])("a file that contains only %j is a new one", async (text) => {
  await writeFile(file, text);
  const state = await openStateFile(file);
  const { id } = await createOrder(createSandbox({ state }));
  state.close();
  expect(idsIn(file)).toEqual([id]);
});

describe("a link", () => {
  test.each(["a file", "nothing yet"])("to %s stays a link, and its target is written", async (target) => {
    await mkdir(join(folder, "data"));
    const real = join(folder, "data", "real.json");
    if (target === "a file") await writeFile(real, "");
    await symlink(join("data", "real.json"), file);
    const state = await openStateFile(file);
    const { id } = await createOrder(createSandbox({ state }));
    state.close();
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(idsIn(real)).toEqual([id]);
    expect(await readdir(join(folder, "data"))).toEqual(["real.json"]);
  });

  test("to itself is refused", async () => {
    await symlink(file, file);
    await expect(openStateFile(file)).rejects.toThrow(`Cannot use ${file}`);
  });

  test("in place of the file that is written next to it is not followed", async () => {
    const other = join(folder, "other.txt");
    await writeFile(other, "mine");
    await symlink(other, `${file}.new`);
    const state = await openStateFile(file);
    await createOrder(createSandbox({ state }));
    state.close();
    expect(await readFile(other, "utf8")).toBe("mine");
  });
});

test.each(["EBUSY", "EXDEV"])(
  "a file that cannot be replaced (%s), as a mounted one, is rewritten",
  async (code) => {
    const renameSync = () => {
      throw Object.assign(new Error(`${code}: rename`), { code });
    };
    await writeFile(file, "");
    const { ino } = await stat(file);
    const state = openStateFileWith({ ...modules, fs: { ...fs, renameSync } }, file);
    const sandbox = createSandbox({ state });
    const order = await createOrder(sandbox);
    sandbox.reset();
    const { id } = await createOrder(sandbox);
    state.close();
    expect((await stat(file)).ino).toBe(ino);
    expect(idsIn(file)).toEqual([id]);
    expect(await readFile(file, "utf8")).not.toContain(order.id);
    expect(await readdir(folder)).toEqual(["state.json"]);
  },
);

test("a file that others could read becomes its owner's alone", async () => {
  await writeFile(file, "", { mode: 0o644 });
  (await openStateFile(file)).close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each(["a folder", "a device"])("%s is refused", async (kind) => {
  const path = kind === "a folder" ? folder : "/dev/null";
  await expect(openStateFile(path)).rejects.toThrow(`Cannot use ${path}: `);
});

test("without the command that locks it, the message names what to install", () => {
  const spawnSync = (() => ({ error: Object.assign(new Error(), { code: "ENOENT" }) })) as never;
  expect(() => openStateFileWith({ ...modules, platform: "linux", spawnSync }, file)).toThrow(
    "the command `flock` is missing, which locks it; install util-linux",
  );
});

test("what fetch() has answered is in the file, as is what a callback reports", async () => {
  const state = await openStateFile(file);
  const reported: string[] = [];
  const sandbox = createSandbox({
    state,
    fetch: async () => {
      reported.push(readFileSync(file, "utf8"));
      return new Response();
    },
  });
  const call = async (path: string, body: object) => {
    const request = { method: "POST", body: JSON.stringify(body) };
    return (await (await sandbox.fetch(`http://127.0.0.1/_sandbox${path}`, request)).json()) as {
      session: { id: string };
      transaction: { id: string };
    };
  };
  const { session } = await call("/sessions", { url: { callback_url: "http://127.0.0.1:1/" } });
  expect(idsIn(file)).toContain(session.id);
  const { transaction } = await call(`/sessions/${session.id}/pay`, {});
  expect(readFileSync(file, "utf8")).toContain(transaction.id);
  await nextCallback(sandbox.sessions.get(session.id)!);
  expect(reported[0]).toContain(transaction.id);
  state.close();
});

test("the file does not grow without end", async () => {
  const state = await openStateFile(file);
  const sandbox = createSandbox({ state });
  const order = await createOrder(sandbox, { metadata: { note: "x".repeat(100_000) } });
  for (let change = 0; change < 40; change++) {
    expire(order);
    await state.settled();
  }
  expect((await stat(file)).size).toBeLessThan(1_500_000);
  state.close();
});

test("a line that a kill left unfinished is no damage, and is not in the way of the next one", async () => {
  const state = await openStateFile(file);
  const first = await createOrder(createSandbox({ state }));
  state.close();
  await appendFile(file, `{"session":{"session":{"id":"T1`);
  const again = await openStateFile(file);
  const second = await createOrder(createSandbox({ state: again }));
  again.close();
  expect(idsIn(file)).toEqual([first.id, second.id]);
});

test("of six processes that start at once after a killed one, exactly one gets the file, each time", async () => {
  const program = join(folder, "starter.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("../../src/sandbox/open-state-file.ts", import.meta.url))],
    ...{ bundle: true, format: "esm", platform: "node", outfile: join(folder, "open-state-file.mjs") },
  });
  await writeFile(
    program,
    `import { openStateFile } from "./open-state-file.mjs";
    process.stdin.once("data", async () => {
      try {
        const state = await openStateFile(${JSON.stringify(file)});
        state.save(() => ({ pid: process.pid }));
        state.flush();
        console.log("won");
      } catch (error) { console.log(error.message); }
    });
    console.log("ready");`,
  );
  const start = async () => {
    const child = spawn(process.execPath, [program]);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    await lines.next();
    return { child, line: async () => String((await lines.next()).value) };
  };
  for (let round = 0; round < 3; round++) {
    const starters = await Promise.all(Array.from({ length: 6 }, start));
    for (const { child } of starters) child.stdin.write("go\n");
    const results = await Promise.all(starters.map(({ line }) => line()));
    expect(results.filter((line) => line === "won")).toHaveLength(1);
    expect(new Set(results).size).toBe(2);
    // The winner is killed as well: the next round finds what it left.
    await Promise.all(
      starters.map(({ child }) => {
        child.kill("SIGKILL");
        return once(child, "close");
      }),
    );
  }
});

const whole = { version: 1, accountId: "T12345678", clientId: "a", clientSecret: "b", signatureSecret: "c" };
const damaged = (more: object) => JSON.stringify({ ...whole, sessions: [], ...more });

test.each([
  "my notes",
  "null",
  "[]",
  "{}",
  `{"version":2,"sessions":[]}`,
  `{"version":1,"sessions":[]}`,
  damaged({ sessions: [null] }),
  damaged({ sessions: [{}] }),
  damaged({ sessions: [{ session: { id: "T12345678.a" }, outcome: null }] }),
  damaged({ sessions: {} }),
  damaged({ savedCards: [null] }),
  damaged({ clientSecret: 7 }),
  damaged({ accountId: "__proto__" }),
  `${damaged({})}\n{"session":{}}\n`,
  `${damaged({})}\nrubbish\n`,
])("a file that contains %j is refused with what to do, and left unchanged", async (text) => {
  await writeFile(file, text);
  const state = await openStateFile(file);
  expect(() => createSandbox({ state })).toThrow(`${file} does not hold the state of a sandbox`);
  expect(() => createSandbox({ state })).toThrow("Name another file with --state, or delete this one");
  state.close();
  expect(await readFile(file, "utf8")).toBe(text);
});

test("without a file system the sandbox still loads, and a state file is refused", async () => {
  vi.stubGlobal("process", undefined);
  try {
    await expect(openStateFile(file)).rejects.toThrow(/^Cannot use .*getBuiltinModule.*Node 20\.16/);
    expect((await createOrder(createSandbox())).id).toMatch(/^T/);
  } finally {
    vi.unstubAllGlobals();
  }
  expect(existsSync(file)).toBe(false);
});
