// How soon the sandbox's command has started, how many sessions it creates, and what it keeps in memory. Needs
// `npm run build`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { session } from "../support/order.mjs";

const dist = (file) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

if (process.argv[2] === "memory") await memory();
else {
  const starts = [];
  for (let run = 0; run < 10; run++) starts.push(await start());
  const round = (ms) => Math.round(ms);
  console.log(
    `first line of the command: median ${round(median(starts))} ms, ${round(Math.min(...starts))}–${round(Math.max(...starts))} ms (10 starts, aim 200)`,
  );
  await throughput();
  await new Promise((resolve) =>
    spawn(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url), "memory"], {
      stdio: "inherit",
    }).on("close", resolve),
  );
}

/** ms until the first line is printed. */
function start() {
  const begin = performance.now();
  const child = spawn(process.execPath, [dist("cli.js"), "sandbox", "--port", "0"]);
  return new Promise((resolve) =>
    child.stdout.once("data", () => {
      resolve(performance.now() - begin);
      child.kill();
    }),
  );
}

/**
 * What a merchant's server does, 20 at a time over kept connections. With `node:http`: Node's `fetch` takes more processor
 * time for a request than the sandbox does, and it would be measured instead.
 */
async function throughput() {
  const child = spawn(process.execPath, [dist("cli.js"), "sandbox", "--port", "0", "--json"]);
  const line = await new Promise((resolve) => child.stdout.once("data", resolve));
  const environment = JSON.parse(String(line));
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const create = await merchant(environment, (url, options) => send(url, { ...options, agent }));
  await many(3000, create);
  const rates = [];
  for (let run = 0; run < 5; run++) {
    const begin = performance.now();
    await many(1000, create);
    rates.push(1000 / ((performance.now() - begin) / 1000));
  }
  agent.destroy();
  child.kill();
  const [low, high] = [Math.min(...rates), Math.max(...rates)].map(Math.round);
  console.log(
    `sessions a second over HTTP: median ${Math.round(median(rates))}, ${low}–${high} (5 × 1000, 20 at a time, one process; aim 2,000)`,
  );
}

async function send(url, { body, ...options }) {
  const outgoing = request(url, options).end(body);
  const [incoming] = await once(outgoing, "response");
  return new Response(await buffer(incoming), { status: incoming.statusCode });
}

async function memory() {
  const { createSandbox, pay } = await import(dist("sandbox.js"));
  const sandbox = createSandbox();
  const environment = {
    url: "http://sandbox.test",
    DINTERO_ACCOUNT_ID: sandbox.accountId,
    DINTERO_CLIENT_ID: sandbox.clientId,
    DINTERO_CLIENT_SECRET: sandbox.clientSecret,
  };
  const create = await merchant(environment, sandbox.fetch);
  const both = async () => {
    const { id } = await (await create()).json();
    await pay(sandbox.sessions.get(id));
  };
  const heap = async (count) => {
    await many(count, both);
    for (let i = 0; i < 3; i++) {
      globalThis.gc();
      await new Promise(setImmediate);
    }
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const few = await heap(2000);
  const lots = await heap(8000);
  const more = (((lots - few) / few) * 100).toFixed(1);
  console.log(
    `heap after 2,000 paid sessions ${few.toFixed(1)} MB, after 10,000 ${lots.toFixed(1)} MB: ${more} % more (aim 5); it keeps ${sandbox.sessions.size} sessions`,
  );
}

async function merchant(environment, fetch) {
  const { url, DINTERO_ACCOUNT_ID: account } = environment;
  const basic = btoa(`${environment.DINTERO_CLIENT_ID}:${environment.DINTERO_CLIENT_SECRET}`);
  const token = await fetch(`${url}/v1/accounts/${account}/auth/token`, {
    method: "POST",
    headers: { Authorization: `Basic ${basic}` },
    body: JSON.stringify({ grant_type: "client_credentials", audience: `${url}/v1/accounts/${account}` }),
  });
  const { access_token } = await token.json();
  const headers = { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json" };
  const body = JSON.stringify(session);
  return async () => {
    const answer = await fetch(`${url}/v1/sessions-profile`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}`);
    return answer;
  };
}

/** Runs it `count` times, 20 at once. */
async function many(count, work) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const answer = await work();
      if (answer && !answer.bodyUsed) await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
}
