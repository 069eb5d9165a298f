// The comparison with an account, tried against a second sandbox: an equal one, and one with planted differences.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { UsageError } from "../../src/cli/flags.ts";
import { createSandbox, pay } from "../../src/sandbox/index.ts";
import { listener, serve } from "./support.ts";

const folder = mkdtempSync(join(tmpdir(), "compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Body = Record<string, unknown>;
type Plant = (path: string, answer: { status: number; body: Body; headers: Record<string, string> }) => void;

/** An account at Dintero: a sandbox behind an address of its own, whose answers a plant may change. */
async function account(plant: Plant = () => {}) {
  const sandbox = createSandbox();
  const url = await serve(
    listener(async (request) => {
      const { pathname } = new URL(request.url);
      const response = await sandbox.fetch(request);
      const answer = {
        status: response.status,
        body: JSON.parse((await response.text()) || "null") as Body,
        headers: Object.fromEntries(response.headers),
      };
      plant(`${request.method} ${pathname.replace(/T\d{8}\.\w+|[\da-f-]{32,36}/, "{id}")}`, answer);
      const headers = new Headers(answer.headers);
      headers.delete("content-length");
      return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
    }),
  );
  const env = {
    DINTERO_ACCOUNT_ID: sandbox.accountId,
    DINTERO_CLIENT_ID: sandbox.clientId,
    DINTERO_CLIENT_SECRET: sandbox.clientSecret,
    DINTERO_API_URL: url,
    DINTERO_CHECKOUT_URL: url,
  };
  return { sandbox, env };
}

type Account = Awaited<ReturnType<typeof account>>;

/** Runs the command. A session that waits to be paid is paid. */
async function compare({ sandbox, env }: Account, ...args: string[]) {
  const lines: string[] = [];
  const code = await doctorCommand(["--compare", "--yes", ...args], {
    env,
    print: (line) => lines.push(line),
    printError(line) {
      const session = sandbox.sessions.get(/T\d{8}\.\w+/.exec(line)?.[0] ?? "");
      if (session) void pay(session);
    },
    confirm: undefined,
  });
  return { code, printed: lines.join("\n") };
}

const differencesIn = (printed: string) =>
  (JSON.parse(printed) as { differences: { call: string; where: string }[] }).differences.map(
    ({ call, where }) => `${call}: ${where}`,
  );

test("an account that answers as the sandbox does has no difference", async () => {
  const { code, printed } = await compare(await account(), "--pay");
  expect(printed).toMatch(/^\d{2} calls compared: 0 differences\.$/);
  expect(code).toBe(0);
});

interface Planted {
  readonly plant: Plant;
  readonly found: string;
  /** The session cannot be paid: its address is gone. */
  readonly unpaid?: boolean;
}

const planted: Record<string, Planted> = {
  "another status of success": {
    plant: (path, answer) => {
      if (path === "POST /v1/sessions-profile" && answer.status === 200) answer.status = 201;
    },
    found: "create: status",
  },
  "a refusal that succeeds": {
    plant: (path, answer) => {
      if (path === "POST /v1/transactions/{id}/void" && answer.status >= 400) answer.status = 200;
    },
    found: "void again: status",
  },
  "another refusal": {
    plant: (path, answer) => {
      if (path === "PUT /v1/sessions/{id}" && answer.status >= 400) answer.status = 412;
    },
    found: "update without a lock: status",
  },
  "a moved field": {
    plant: (path, { body }) => {
      const { url, ...rest } = body;
      if (path === "POST /v1/sessions-profile" && url)
        Object.assign(body, { url: undefined, links: { url, ...rest } });
    },
    found: "create: links",
  },
  "a field that is missing": {
    plant: (path, { body }) => {
      if (path === "GET /v1/sessions/{id}") Object.assign(body, { expires_at: undefined });
    },
    found: "read: expires_at",
  },
  "a field that is new": {
    plant: (path, { body }) => {
      if (path === "GET /v1/transactions/{id}") Object.assign(body, { risk_score: 1 });
    },
    found: "read the transaction: risk_score",
  },
  "a null": {
    plant: (path, { body }) => {
      if (path === "GET /v1/sessions/{id}") Object.assign(body, { created_at: null });
    },
    found: "read: created_at",
  },
  "a number as text": {
    plant: (path, { body }) => {
      if (path === "GET /v1/transactions/{id}") Object.assign(body, { amount: String(body["amount"]) });
    },
    found: "read the transaction: amount",
  },
  "a decimal": {
    plant: (path, { body }) => {
      if (path.endsWith("/auth/token") && body["expires_in"]) Object.assign(body, { expires_in: 14_400.5 });
    },
    found: "token: expires_in",
  },
  "a new status name": {
    plant: (path, { body }) => {
      if (path === "GET /v1/transactions/{id}") Object.assign(body, { status: "SETTLED" });
    },
    found: "read the transaction: status",
  },
  "another token type": {
    plant: (path, { body }) => {
      if (path.endsWith("/auth/token") && body["token_type"]) Object.assign(body, { token_type: "bearer" });
    },
    found: "token: token_type",
  },
  "an event that is missing": {
    plant: (path, { body }) => {
      if (path === "GET /v1/sessions/{id}" && body["events"])
        Object.assign(body, { events: (body["events"] as unknown[]).slice(1) });
    },
    found: "read the paid session: events[] in order",
  },
  "events in another order": {
    plant: (path, { body }) => {
      if (path === "GET /v1/transactions/{id}" && body["events"])
        Object.assign(body, { events: (body["events"] as unknown[]).slice().reverse() });
    },
    found: "read after the capture: events[] in order",
  },
  "an envelope around a list": {
    plant: (path, answer) => {
      if (path === "GET /v1/transactions") answer.body = { transactions: answer.body } as unknown as Body;
    },
    found: "find the transaction by reference: body",
  },
  "an empty list": {
    plant: (path, answer) => {
      if (path === "GET /v1/transactions" && answer.status === 200) answer.body = [] as unknown as Body;
    },
    found: "find the transaction by reference: body",
  },
  "an error without its object": {
    plant: (path, answer) => {
      if (answer.status === 404) answer.body = { message: "not found" } as unknown as Body;
    },
    found: "read an unknown session: error",
  },
  "an error with a list of details": {
    plant: (path, answer) => {
      if (answer.status === 404)
        Object.assign((answer.body["error"] as object | undefined) ?? {}, { errors: [{ path: "id" }] });
    },
    found: "read an unknown session: error.errors",
  },
  "another form of id": {
    plant: (path, { body }) => {
      if (path === "POST /v1/sessions-profile" && body["id"]) Object.assign(body, { url: "pay" });
    },
    found: "create: url",
    unpaid: true,
  },
  "another format of time": {
    plant: (path, { body }) => {
      if (path === "GET /v1/transactions/{id}") Object.assign(body, { created_at: "01.12.2026" });
    },
    found: "read the transaction: created_at",
  },
  HTML: {
    plant: (path, answer) => {
      if (answer.status === 404) answer.headers["content-type"] = "text/html; charset=utf-8";
    },
    found: "read an unknown session: header content-type",
  },
  "a header that is missing elsewhere": {
    plant: (path, answer) => {
      if (path.endsWith("/capture") && answer.status === 200)
        answer.headers["event-request-id"] = "request-1";
    },
    found: "capture a part: header event-request-id",
  },
};

describe("planted differences are found", () => {
  test.each(Object.entries(planted))("%s", async (_, { plant, found, unpaid }) => {
    const args = unpaid ? ["--json"] : ["--json", "--pay"];
    const { code, printed } = await compare(await account(plant), ...args);
    expect(differencesIn(printed)).toContain(found);
    expect(code).toBe(1);
  });

  test("all twenty and more at once are found, in one table, without a value", async () => {
    const all: Plant = (path, answer) => {
      if (path === "POST /v1/sessions-profile" && answer.status === 200) answer.status = 201;
      if (path === "GET /v1/transactions/{id}") Object.assign(answer.body, { email: "ola@example.com" });
    };
    const shop = await account(all);
    const { code, printed } = await compare(shop, "--pay");
    expect(code).toBe(1);
    expect(printed).toMatch(/^call +where +account +sandbox$/m);
    expect(printed).toMatch(/^create +status +201 +200$/m);
    expect(printed).toMatch(/^read the transaction +email +text +\(missing\)$/m);
    expect(printed).not.toContain("ola@example.com");
    expect(printed).not.toContain(shop.env.DINTERO_CLIENT_SECRET);
  });
});

describe("--known", () => {
  const file = join(folder, "known.json");
  const plant: Plant = (path, { body }) => {
    if (path === "GET /v1/sessions/{id}") Object.assign(body, { created_at: null });
  };

  test("writes the differences where there is no file, then reports new ones only", async () => {
    const first = await compare(await account(plant), "--known", file);
    expect(first.code).toBe(0);
    expect(existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as unknown)).toContain(
      "read: created_at",
    );

    const second = await compare(await account(plant), "--known", file);
    expect(second.code).toBe(0);
    expect(second.printed).toMatch(/0 new differences, \d known\.$/);

    const both: Plant = (path, answer) => {
      plant(path, answer);
      if (path.endsWith("/cancel") && answer.status === 200) answer.status = 202;
    };
    const third = await compare(await account(both), "--known", file, "--json");
    expect(third.code).toBe(1);
    expect(differencesIn(third.printed)).toEqual(["cancel: status"]);
  });

  test("names what is no longer different", async () => {
    const { code, printed } = await compare(await account(), "--known", file);
    expect(code).toBe(0);
    expect(printed).toContain("No longer different: read: created_at");
  });

  test("refuses a file of something else", async () => {
    const run = compare(await account(), "--known", "package.json");
    await expect(run).rejects.toThrow(UsageError);
  });
});

describe("nothing is sent", () => {
  test("for a production account, which is a usage error", async () => {
    const { env } = await account();
    const run = doctorCommand(["--compare", "--yes"], { env: { ...env, DINTERO_ACCOUNT_ID: "P00000000" } });
    await expect(run).rejects.toThrow(/--compare is for test accounts/);
  });

  test("without consent, and without a terminal to ask in", async () => {
    const { env, sandbox } = await account();
    const asked: string[] = [];
    const confirm = async (question: string) => asked.push(question) === 0;
    expect(await doctorCommand(["--compare", "--pay"], { env, confirm, print: () => {} })).toBe(1);
    expect(asked).toEqual([expect.stringMatching(/T12345678.*captures, refunds and voids.*Continue\?$/s)]);
    await expect(doctorCommand(["--compare"], { env, confirm: undefined })).rejects.toThrow(/Add --yes/);
    expect([...sandbox.sessions.records()]).toEqual([]);
  });

  test("with flags that do not fit", async () => {
    await expect(doctorCommand(["--pay"])).rejects.toThrow(/belong to --compare/);
    await expect(doctorCommand(["--compare", "--url", "https://shop.example"])).rejects.toThrow(
      /goes without/,
    );
  });
});

test("an account that nobody can reach is one line, and exit 1", async () => {
  const shop = await account();
  const gone = {
    ...shop,
    env: { ...shop.env, DINTERO_API_URL: "http://127.0.0.1:9", DINTERO_CHECKOUT_URL: "http://127.0.0.1:9" },
  };
  const { code, printed } = await compare(gone);
  expect(code).toBe(1);
  expect(printed).toMatch(/^unreachable: no connection to 127\.0\.0\.1:9/);
});
