// A bad day: 500 connections for 60 s, against a Node server with the session handler, whose upstream fails (10 % answers
// 503, 5 % resets, 5 % silence). Every request is answered within the client's budget of 12 s and 3 s more, nothing is
// rejected without being handled, and memory stays flat. `node test/bench/bad-day.mjs [seconds]`, after `npm run build`.
import { fork } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { session } from "../support/order.mjs";

const limits = { connections: 500, answerMs: 15_000, growth: 1.3 };
const accountId = "T12345678";
const json = { "content-type": "application/json" };

/** Separate programs, so that none waits for another's work. */
const roles = {
  upstream() {
    let calls = 0;
    const created = JSON.stringify({ id: `${accountId}.bench`, url: "https://checkout.example/v1/view/x" });
    return (request, response) => {
      request.resume();
      if (request.url.endsWith("/auth/token")) {
        return response
          .writeHead(200, json)
          .end('{"access_token":"bench-token-0123456789","expires_in":14400}');
      }
      // The same share of each, and the same on every run.
      const place = (calls++ * 7) % 100;
      if (place < 10) return response.writeHead(503, json).end("{}");
      if (place < 15) return request.socket.destroy();
      if (place < 20) return; // silence
      setTimeout(() => response.writeHead(200, json).end(created), 50);
    };
  },

  async shop(upstream) {
    const { createDinteroClient, createSessionHandler } = await import("../../dist/server.js");
    const credentials = { accountId, clientId: "bench", clientSecret: "bench-secret-0123456789" };
    const client = createDinteroClient({ ...credentials, apiUrl: upstream, checkoutUrl: upstream });
    const onError = () => (counts.errors += 1);
    return getRequestListener(createSessionHandler({ client, createSession: () => session, onError }));
  },
};

const counts = { errors: 0, unhandled: 0 };

async function serve(role, ...args) {
  process.on("unhandledRejection", () => (counts.unhandled += 1));
  process.on("uncaughtException", () => (counts.unhandled += 1));
  process.on("message", () => {
    globalThis.gc();
    process.send({ ...counts, megabytes: process.memoryUsage().heapUsed / 1024 / 1024 });
  });
  process.on("disconnect", () => process.exit());
  const server = createServer(await roles[role](...args));
  server.listen(0, "127.0.0.1", () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
}

function start(role, ...args) {
  const child = fork(fileURLToPath(import.meta.url), ["--role", role, ...args], {
    execArgv: ["--expose-gc"],
  });
  return new Promise((resolve) => child.once("message", ({ url }) => resolve({ child, url })));
}

function report({ child }) {
  const answer = new Promise((resolve) => child.once("message", resolve));
  child.send("report");
  return answer;
}

/** One connection after another request, until the end; every request is waited for. */
async function shopper(url, end, seen) {
  while (performance.now() < end) {
    const begin = performance.now();
    const signal = AbortSignal.timeout(2 * limits.answerMs);
    try {
      const response = await fetch(url, { method: "POST", headers: json, body: "{}", signal });
      await response.text();
      seen.statuses[response.status] = (seen.statuses[response.status] ?? 0) + 1;
    } catch {
      seen.unanswered += 1;
    }
    seen.slowest = Math.max(seen.slowest, performance.now() - begin);
    seen.requests += 1;
  }
}

async function main(seconds) {
  const upstream = await start("upstream");
  const shop = await start("shop", upstream.url);
  const seen = { requests: 0, unanswered: 0, slowest: 0, statuses: {} };
  const load = (duration) => {
    const end = performance.now() + duration * 1000;
    return Promise.all(Array.from({ length: limits.connections }, () => shopper(shop.url, end, seen)));
  };
  await load(seconds / 4);
  const before = await report(shop);
  await load((seconds * 3) / 4);
  const after = await report(shop);
  shop.child.disconnect();
  upstream.child.disconnect();

  const growth = after.megabytes / before.megabytes;
  console.log(`requests            ${seen.requests}, answered ${seen.requests - seen.unanswered}`);
  console.log(`statuses            ${JSON.stringify(seen.statuses)}, reported to onError ${after.errors}`);
  console.log(
    `slowest answer      ${(seen.slowest / 1000).toFixed(1)} s (at most ${limits.answerMs / 1000} s)`,
  );
  console.log(`unhandled           ${after.unhandled}`);
  console.log(
    `heap after a quarter, at the end   ${before.megabytes.toFixed(1)} MB, ${after.megabytes.toFixed(1)} MB`,
  );
  const isWell =
    seen.unanswered === 0 &&
    seen.slowest <= limits.answerMs &&
    after.unhandled === 0 &&
    growth <= limits.growth;
  console.log(isWell ? "bad day: passed" : "bad day: FAILED");
  process.exitCode = isWell ? 0 : 1;
}

if (process.argv[2] === "--role") await serve(...process.argv.slice(3));
else await main(Number(process.argv[2] ?? 60));
