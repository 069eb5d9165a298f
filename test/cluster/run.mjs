// Four processes behind nginx with one Redis: one token, one public address, and a process that is killed in the middle.
// Needs nginx, redis-server and openssl, and `npm run build`. Ends with `cluster: N passed, N failed`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { createSandbox, nextCallback, pay } from "../../dist/sandbox.js";
import { start } from "../hosts/hosts.mjs";
import { certificate, outside, startNginx } from "./nginx.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cluster-"));
const publicUrl = "https://shop.example";
const payments = 200;
/** Functions that stop what was started, last started first. */
const ends = [];

execFileSync("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"], {
  cwd: here,
  stdio: ["ignore", "ignore", "inherit"],
});
const { createClient } = await import("redis");

const socket = join(folder, "redis.sock");
async function startRedis() {
  const options = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder];
  const { stop } = await start(["redis-server", ...options], folder, {}, /ready to accept connections/i);
  ends.push(stop);
  const redis = await createClient({ socket: { path: socket } }).connect();
  ends.push(() => redis.close());
  return redis;
}

const certified = certificate(folder, "shop.example");
const world = outside(certified.ca);
ends.push(() => world.agent.destroy());
const sandbox = createSandbox({ fetch: world.fetch, retryDelay: () => 20 });
let tokenRequests = 0;
const dintero = await new Promise((resolve) => {
  const answer = (request) => {
    if (new URL(request.url).pathname.endsWith("/auth/token")) tokenRequests += 1;
    return sandbox.fetch(request);
  };
  const server = serve({ fetch: answer, port: 0, hostname: "127.0.0.1" }, () => resolve(server));
});
ends.push(() => {
  sandbox.deliveries.clear();
  dintero.close();
  dintero.closeAllConnections();
});
const sandboxUrl = `http://127.0.0.1:${dintero.address().port}`;

const startServer = () =>
  start([process.execPath, join(here, "server.mjs")], here, {
    PUBLIC_URL: publicUrl,
    REDIS_SOCKET: socket,
    DINTERO_ACCOUNT_ID: sandbox.accountId,
    DINTERO_CLIENT_ID: sandbox.clientId,
    DINTERO_CLIENT_SECRET: sandbox.clientSecret,
    DINTERO_SIGNATURE_SECRET: sandbox.signatureSecret,
    DINTERO_API_URL: sandboxUrl,
    DINTERO_CHECKOUT_URL: sandboxUrl,
  });

let cluster = [];
let proxy;

/** Starts four fresh processes, with an empty Redis. */
async function startCold(redis) {
  await stopCluster();
  await redis.flushAll();
  tokenRequests = 0;
  cluster = await Promise.all([1, 2, 3, 4].map(startServer));
  proxy = await startNginx(
    folder,
    certified,
    cluster.map(({ url }) => url),
  );
  world.to(proxy.port);
}

async function stopCluster() {
  await proxy?.stop();
  await Promise.all(cluster.map(({ stop }) => stop()));
}
ends.push(stopCluster);

const json = { "content-type": "application/json" };
const order = (name, headers = {}) =>
  world.fetch(`${publicUrl}/api/checkout`, {
    method: "POST",
    headers: { ...json, ...headers },
    body: JSON.stringify({ order: name }),
  });

async function orders(count, name) {
  const answers = await Promise.all(Array.from({ length: count }, (_, index) => order(`${name}-${index}`)));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  return answers.map(({ headers }) => headers.get("served-by"));
}

function signed(url, time = Math.floor(Date.now() / 1000)) {
  const { hostname, pathname, searchParams } = new URL(url);
  searchParams.sort();
  const lines = [time, sandbox.accountId, "GET", hostname, pathname, searchParams].join("\n");
  const hex = createHmac("sha256", sandbox.signatureSecret).update(lines).digest("hex");
  return { "dintero-signature": `t=${time},v0-hmac-sha256=${hex}` };
}

const tests = {
  async "nginx takes turns, and one token request serves all four once it is stored"(redis) {
    await startCold(redis);
    // one request each first: a process that is busy starting may miss the store's second, and request a token itself
    for (const { url } of cluster) await orders(1, `first-${new URL(url).port}`);
    const served = await orders(40, "round");
    for (const { url } of cluster) {
      assert.equal(served.filter((address) => address === new URL(url).host).length, 10, served.join(" "));
    }
    assert.equal(tokenRequests, 1);
  },

  async "a process that starts later uses the stored token"() {
    const late = await startServer();
    const answer = await fetch(`${late.url}/api/checkout`, { method: "POST", headers: json, body: "{}" });
    const { error } = await answer.json();
    await late.stop();
    // without an order it is refused before a request to Dintero
    assert.equal(error.code, "invalid-session");
    const another = await startServer();
    const body = JSON.stringify({ order: "late" });
    const sold = await fetch(`${another.url}/api/checkout`, { method: "POST", headers: json, body });
    await another.stop();
    assert.equal(sold.status, 200);
    assert.equal(tokenRequests, 1);
  },

  async "at most four token requests when all four start cold"(redis) {
    await startCold(redis);
    const served = await orders(80, "cold");
    assert.equal(new Set(served).size, 4);
    assert.ok(tokenRequests >= 1 && tokenRequests <= 4, `${tokenRequests} token requests`);
    console.log(`  token requests of four cold processes, 80 callers: ${tokenRequests}`);
  },

  async "pages of the public address are allowed, whatever the processes' own address is"() {
    assert.equal((await order("page", { origin: publicUrl, "sec-fetch-site": "same-origin" })).status, 200);
    assert.equal((await order("old", { origin: publicUrl })).status, 200);
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "http://internal", "sec-fetch-site": "cross-site" },
    ]) {
      assert.equal((await order("foreign", headers)).status, 403);
    }
  },

  async "the signature is checked against the public address"() {
    const { id } = await (await order("signed")).json();
    sandbox.faults.add({ callback: { never: true }, session: id, times: 1 });
    const transaction = await pay(sandbox.sessions.get(id));
    const query = new URLSearchParams({
      transaction_id: transaction.id,
      session_id: id,
      merchant_reference: "signed",
      time: new Date().toISOString(),
    });
    const path = `/api/checkout/callback?${query}`;
    const call = async (headers) => (await world.fetch(publicUrl + path, { headers })).status;
    assert.equal(await call(signed(`http://internal${path}`)), 401);
    const forwarded = { "x-forwarded-host": "internal", "x-forwarded-proto": "http" };
    assert.equal(await call({ ...signed(`http://internal${path}`), ...forwarded }), 401);
    assert.equal(await call({ ...signed(publicUrl + path), ...forwarded }), 200);
  },

  async "one process is killed during 200 payments: each is one paid order, each failure recovers"(redis) {
    await redis.del(["paid", "parcels"]);
    const [victim] = cluster;
    const failures = [];
    // Dintero calls at least once: here always twice, and often two processes at a time
    const removeTwice = sandbox.faults.add({ callback: { twice: true } });
    const sessions = [];
    const deliveries = [];
    let killed;

    async function kill() {
      // it is killed while it waits for Dintero's answer, which comes only after it is gone
      const remove = sandbox.faults.add({ on: "get-transaction", delay: 3000 });
      const before = victim.lines.filter((line) => line.startsWith("Requesting")).length;
      const lines = await victim.printed(/^Requesting/, before + 1);
      await victim.stop();
      remove();
      return lines.at(-1).split(" ").at(-1);
    }

    async function buy(name) {
      for (let attempt = 1; attempt <= 20; attempt++) {
        const answer = await order(name).catch((error) => ({ status: error.cause.code }));
        if (answer.status !== 200) {
          failures.push(answer.status);
          continue;
        }
        const { id } = await answer.json();
        const session = sandbox.sessions.get(id);
        sessions.push(session);
        await pay(session);
        for (let time = 1; time <= 2; time++)
          deliveries.push(await nextCallback(session, { timeout: 30_000 }));
        return;
      }
      assert.fail(`${name} could not be bought`);
    }

    let next = 0;
    const shopper = async () => {
      while (next < payments) {
        const number = next++;
        if (number === payments / 2) (killed = kill()).catch(() => {});
        await buy(`order-${number}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, shopper));
    const interrupted = await killed;
    removeTwice();

    const authorized = sessions.map(({ id }) => sandbox.sessions.require(id).transaction);
    assert.equal(authorized.filter(({ status }) => status === "AUTHORIZED").length, payments);
    const expected = Object.fromEntries(
      authorized.map(({ id, merchant_reference }) => [merchant_reference, id]),
    );
    assert.deepEqual({ ...(await redis.hGetAll("paid")) }, expected);
    const parcels = await redis.lRange("parcels", 0, -1);
    assert.equal(parcels.length, payments);
    assert.deepEqual(parcels.toSorted(), Object.keys(expected).toSorted());

    assert.deepEqual([...new Set(deliveries.map(({ state }) => state))], ["delivered"]);
    const attempts = deliveries.flatMap((delivery) => delivery.attempts.slice(0, -1));
    assert.ok(failures.length > 0 && attempts.length > 0, "the dead process was not missed");
    assert.deepEqual([...new Set([...failures, ...attempts.map(({ status }) => status)])], [502]);
    const cut = deliveries.filter(
      ({ url }) => new URL(url).searchParams.get("merchant_reference") === interrupted,
    );
    assert.ok(
      cut.some((delivery) => delivery.attempts.length > 1),
      "the callback that was cut came again",
    );
    console.log(
      `  ${payments} payments, ${failures.length} orders and ${attempts.length} callbacks failed and recovered`,
    );
    assert.ok(tokenRequests <= 4);
  },
};

let [passed, failed] = [0, 0];
try {
  const redis = await startRedis();
  for (const [name, test] of Object.entries(tests)) {
    const since = Date.now();
    try {
      await test(redis);
      passed += 1;
      console.log(`✔ ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`✘ ${name}\n${error.stack}`);
    }
  }
} catch (error) {
  failed += 1;
  console.log(`✘ the start\n${error.stack}`);
} finally {
  for (const end of ends.reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`cluster: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
