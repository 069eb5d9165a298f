// What the server's functions cost: the session handler with its token at hand against a bare proxy that makes the same
// call, with an upstream that takes 50 ms; token requests of many cold callers; memory over 10,000 sessions; errors that
// are searched for secrets; sizes. Needs `npm run build`.
import { fork } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { getRequestListener } from "@hono/node-server";
import { session } from "../support/order.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { createDinteroClient, createSessionHandler } = await import(`${root}dist/server.js`);
const accountId = "T12345678";
const credentials = { accountId, clientId: "bench", clientSecret: "bench-secret" };
const created = JSON.stringify({ id: `${accountId}.bench`, url: `https://checkout.example/v1/view/x` });
const json = { "content-type": "application/json" };

/** What a program reports. */
const counted = { tokens: 0 };

/** Separate programs, so that none waits for another's work. */
const roles = {
  /** Tokens after 20 ms, sessions after 50 ms. */
  upstream() {
    return (request, response) => {
      request.resume();
      const token = request.url.endsWith("/auth/token");
      if (token) counted.tokens += 1;
      const body = token ? `{"access_token":"token-${counted.tokens}","expires_in":14400}` : created;
      setTimeout(() => response.writeHead(200, json).end(body), token ? 20 : 50);
    };
  },
  handler(upstream) {
    const client = createDinteroClient({ ...credentials, apiUrl: upstream, checkoutUrl: upstream });
    // the load ends by cutting connections, which is not an error
    const onError = () => {};
    return getRequestListener(createSessionHandler({ client, createSession: () => session, onError }));
  },
  proxy(upstream) {
    const headers = { ...json, authorization: "Bearer token-1" };
    const body = JSON.stringify(session);
    return getRequestListener(async (request) => {
      await request.json();
      const answer = await fetch(`${upstream}/v1/sessions-profile`, { method: "POST", headers, body });
      return Response.json(await answer.json());
    });
  },
};

function start(role, ...args) {
  const child = fork(fileURLToPath(import.meta.url), [role, ...args], { execArgv: ["--expose-gc"] });
  return new Promise((resolve) => {
    child.once("message", ({ port }) => resolve({ child, url: `http://127.0.0.1:${port}` }));
  });
}

function report(child) {
  const answer = new Promise((resolve) => child.once("message", resolve));
  child.send("report");
  return answer;
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const ordered = (numbers) => numbers.toSorted((a, b) => a - b);
const spread = (numbers, digits) => {
  const sorted = ordered(numbers);
  const [middle, low, high] = [quantile(sorted, 0.5), sorted[0], sorted.at(-1)];
  return `${middle.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
};

/** Latencies in ms of 20 connections over some seconds. */
async function fire({ child, url }, seconds) {
  const { default: autocannon } = await import("autocannon");
  const times = [];
  const run = autocannon({
    url,
    connections: 20,
    duration: seconds,
    method: "POST",
    headers: json,
    body: "{}",
  });
  // its own percentiles are whole milliseconds
  run.on("response", (_client, status, _bytes, time) => {
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    times.push(time);
  });
  const before = await report(child);
  await run;
  const cpu = ((await report(child)).cpu - before.cpu) / 1000 / times.length;
  const sorted = ordered(times);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), cpu };
}

async function overhead(upstream, { pairs, seconds }) {
  const [handler, proxy] = await Promise.all([start("handler", upstream), start("proxy", upstream)]);
  const results = { handler: [], proxy: [] };
  await fire(handler, 2);
  await fire(proxy, 2);
  for (let pair = 0; pair < pairs; pair++) {
    // they take turns in going first
    const order = [
      ["handler", handler],
      ["proxy", proxy],
    ];
    for (const [name, server] of pair % 2 ? order.toReversed() : order) {
      results[name].push(await fire(server, seconds));
    }
  }
  handler.child.kill();
  proxy.child.kill();
  console.log(
    `session handler against a bare fetch proxy, 20 connections, upstream 50 ms, ${pairs} pairs of ${seconds} s:`,
  );
  for (const name of ["proxy", "handler"]) {
    const of = (key, digits) =>
      spread(
        results[name].map((result) => result[key]),
        digits,
      );
    console.log(
      `  ${name}: p50 ${of("p50", 1)} ms, p99 ${of("p99", 1)} ms, processor ${of("cpu", 2)} ms a request`,
    );
  }
  for (const key of ["p50", "p99"]) {
    const ratios = results.handler.map((result, pair) => result[key] / results.proxy[pair][key]);
    console.log(`  ratio of ${key}: ${spread(ratios, 3)}${key === "p50" ? " (aim 1.05)" : ""}`);
  }
}

/** As Dintero's Node SDK does it: a token is kept, but requests do not wait for one that is being fetched. */
function withoutCoalescing(upstream) {
  let kept;
  return async () => {
    if (!kept) {
      const url = `${upstream}/v1/accounts/${accountId}/auth/token`;
      const answer = await fetch(url, { method: "POST", headers: json, body: "{}" });
      kept = (await answer.json()).access_token;
    }
    const headers = { ...json, authorization: `Bearer ${kept}` };
    const body = JSON.stringify(session);
    return (await fetch(`${upstream}/v1/sessions-profile`, { method: "POST", headers, body })).json();
  };
}

async function tokens({ child, url }) {
  const count = async (call) => {
    const before = await report(child);
    await Promise.all(Array.from({ length: 1000 }, call));
    const after = await report(child);
    return after.tokens - before.tokens;
  };
  const client = createDinteroClient({ ...credentials, apiUrl: url, checkoutUrl: url, timeout: 30_000 });
  const ours = await count(() => client.createSession(session));
  const theirs = await count(withoutCoalescing(url));
  console.log(
    `token requests of 1,000 cold callers at once: ${ours} (aim 1); kept without coalescing: ${theirs}`,
  );
}

/** Memory in use after a collection, before and after 10,000 sessions; the first thousand warm the process up. */
async function memory(upstream) {
  const { default: autocannon } = await import("autocannon");
  const { child, url } = await start("handler", upstream);
  const sessions = (amount) =>
    autocannon({ url, connections: 20, amount, method: "POST", headers: json, body: "{}" });
  const heap = async () => (await report(child)).heap / 1024 / 1024;
  await sessions(1000);
  const before = await heap();
  const { non2xx } = await sessions(10_000);
  const after = await heap();
  child.kill();
  if (non2xx) throw new Error(`${non2xx} sessions failed`);
  console.log(`heap over 10,000 sessions: ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after`);
}

/** An error of 1 MB with 100,000 strings, which is searched for secrets, and one with a piece of a secret in each. */
async function redaction() {
  const clientSecret = "bench-secret-of-32-characters-xy";
  const token = "t".repeat(1200);
  const bodies = {
    plain: Array.from({ length: 100_000 }, (_, index) => `${index}`.padEnd(7, "x")),
    "with pieces of a secret": Array.from({ length: 65_000 }, () => clientSecret.slice(3, 15)),
  };
  for (const [name, errors] of Object.entries(bodies)) {
    const body = JSON.stringify({ error: { message: "no", errors } });
    const fetch = async (url) =>
      String(url).endsWith("/token")
        ? Response.json({ access_token: token, expires_in: 14_400 })
        : new Response(body, { status: 400 });
    const client = createDinteroClient({ ...credentials, clientSecret, fetch });
    const times = [];
    for (let run = 0; run < 12; run++) {
      const begin = performance.now();
      await client.getSession(`${accountId}.a`).catch(() => {});
      // the first ones compile
      if (run > 1) times.push(performance.now() - begin);
    }
    console.log(
      `an error of ${body.length} bytes, ${errors.length} strings, ${name}: ${spread(times, 0)} ms (aim 100)`,
    );
  }
}

async function sizes() {
  const { build } = await import("esbuild");
  const bundles = {
    "client and session handler": "{ createDinteroClient, createSessionHandler }",
    "whole entry": "*",
  };
  for (const [name, names] of Object.entries(bundles)) {
    const stdin = { contents: `export ${names} from "./dist/server.js";`, resolveDir: root };
    const options = { stdin, bundle: true, minify: true, format: "esm", target: "es2022", write: false };
    const [{ contents }] = (await build(options)).outputFiles;
    console.log(`${name}: ${contents.length} bytes, ${gzipSync(contents, { level: 9 }).length} gzip`);
  }
}

const [role, upstreamUrl] = process.argv.slice(2);
if (role) {
  // a connection that is closed just when it is used again would distort the latency
  const server = createServer({ keepAliveTimeout: 60_000 }, roles[role](upstreamUrl));
  // ends with the bench
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    globalThis.gc();
    process.send({ ...counted, cpu: user + system, heap: process.memoryUsage().heapUsed });
  });
  process.on("disconnect", () => process.exit());
  // room for a thousand callers at once
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () =>
    process.send({ port: server.address().port }),
  );
} else {
  const upstream = await start("upstream");
  await overhead(upstream.url, { pairs: 20, seconds: 2 });
  await tokens(upstream);
  await memory(upstream.url);
  upstream.child.kill();
  await redaction();
  await sizes();
}
