import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createOrder, createSandbox, openStateFile, pay } from "../../src/sandbox/index.ts";

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
  expect(() => state.flush()).toThrow("Cannot write");
  await mkdir(place);
  const { id } = await createOrder(sandbox);
  await vi.waitFor(async () => expect(await readFile(join(place, "state.json"), "utf8")).toContain(id));
  expect(lines).toHaveLength(1);
  state.close();
});

test("a full disk stops neither the sandbox nor its answers", async () => {
  if (!existsSync("/dev/full")) return;
  const lines: string[] = [];
  const state = await openStateFile(file, { onError: (line) => lines.push(line) });
  // Every write to this device fails with ENOSPC.
  spawnSync("ln", ["-s", "/dev/full", `${file}.new`]);
  const sandbox = createSandbox({ state });
  const order = await createOrder(sandbox);
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect(lines[0]).toContain("ENOSPC");
  expect(sandbox.sessions.get(order.id)).toBeDefined();
  expect(() => state.close()).toThrow("ENOSPC");
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
  await expect(openStateFile(join(folder, ".", "x", "..", "state.json"))).rejects.toThrow(
    "in use by this process",
  );
  state.close();
  (await openStateFile(file)).close();
});

test.each(["not a process", "", "0", "-1", "999999999"])(
  "a lock file that contains %j is ignored",
  async (text) => {
    await writeFile(`${file}.lock`, text);
    const state = await openStateFile(file);
    expect(await readFile(`${file}.lock`, "utf8")).toBe(String(process.pid));
    state.close();
    expect(existsSync(`${file}.lock`)).toBe(false);
  },
);

test("the lock of a running process is respected", async () => {
  await writeFile(`${file}.lock`, String(process.ppid));
  await expect(openStateFile(file)).rejects.toThrow(`in use by process ${process.ppid}`);
  expect(await readFile(`${file}.lock`, "utf8")).toBe(String(process.ppid));
});

test.each(["my notes", "null", "{}", `{"version":2,"sessions":[]}`])(
  "a file that contains %j is refused and left unchanged",
  async (text) => {
    await writeFile(file, text);
    const state = await openStateFile(file);
    expect(() => createSandbox({ state })).toThrow(`${file} does not hold the state of a sandbox`);
    state.close();
    expect(await readFile(file, "utf8")).toBe(text);
  },
);

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
