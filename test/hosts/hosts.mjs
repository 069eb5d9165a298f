// How each host is started, and the program that listens.
import { spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const bin = (name) => join(here, "node_modules/.bin", name);
const node = (file) => () => [process.execPath, file];

/** Each returns a command, run in a folder with the recipes and what they import. */
export const hosts = {
  "node:http": node("node-http.js"),
  Express: node("express.js"),
  Fastify: node("fastify.js"),
  Hono: node("hono.js"),
  "Next-style route": node(join(here, "next-server.mjs")),
  Deno: () => [bin("deno"), "run", "--node-modules-dir=manual", "--allow-net", "--allow-env", "deno.js"],
  Bun: () => [bin("bun"), "bun.js"],
  async workerd(folder) {
    // as wrangler does it
    const outfile = join(folder, "workerd/worker.js");
    const external = ["cloudflare:*"];
    const options = { bundle: true, format: "esm", conditions: ["workerd", "worker"], external, outfile };
    await build({ ...options, entryPoints: [join(folder, "worker.js")], logLevel: "warning" });
    const config = join(folder, "workerd/workerd.capnp");
    copyFileSync(join(here, "workerd.capnp"), config);
    return [bin("workerd"), "serve", "--control-fd=1", config];
  },
};

/** workerd prints its port as JSON. */
const listening = /^Listening on |"event":"listen"/;

/** Starts a command and resolves to its address once it prints it; `lines` is all of its output. */
export async function start([command, ...args], folder, environment, ready = listening) {
  const env = { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1", PORT: "0", ...environment };
  const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  const waiting = new Set();
  const onData = (data, rest) => {
    const parts = (rest + data).split("\n");
    const left = parts.pop();
    lines.push(...parts);
    for (const look of waiting) look();
    return left;
  };
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8").on("data", (data) => (rest = onData(data, rest)));
  }
  let gone;
  const ended = new Promise((resolve) => {
    child.once("error", (error) => onData(`${error.message}\n`, ""));
    child.once("close", (code, signal) => {
      gone = `ended (${signal ?? code})`;
      for (const look of waiting) look();
      resolve();
    });
  });

  /** The first `count` lines that match; rejects when the program ends or `ms` are over. */
  const printed = (pattern, count = 1, ms = 15_000) =>
    new Promise((resolve, reject) => {
      const settle = (finish) => {
        clearTimeout(timer);
        waiting.delete(look);
        finish();
      };
      const fail = (why) =>
        settle(() => reject(new Error(`${command} ${why}:\n${lines.slice(-20).join("\n")}`)));
      const timer = setTimeout(() => fail(`did not print ${pattern}`), ms);
      const look = () => {
        const found = lines.filter((line) => pattern.test(line));
        if (found.length >= count) settle(() => resolve(found));
        else if (gone) fail(gone);
      };
      waiting.add(look);
      look();
    });

  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  try {
    // the first start of a large program, on a busy machine
    const [line] = await printed(ready, 1, 60_000);
    const [, port] = (/"port":(\d+)|:(\d+)$/.exec(line) ?? []).filter(Boolean);
    return { url: `http://127.0.0.1:${port}`, lines, printed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
