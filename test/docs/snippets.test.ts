// Every block of code in the documents compiles, runs, or names things that are there.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { createSandbox } from "../../src/sandbox/index.ts";
import { blocksOf, root, type Block } from "./blocks.ts";
import { syntaxErrors, typeErrors } from "./compile.ts";
import { tags, wrongStyle, wrongUse } from "./manifest.ts";

const stories = existsSync(`${root}stories`)
  ? readdirSync(`${root}stories`, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".mdx"))
      .map((file) => `stories/${file}`)
  : [];
const documents = ["README.md", "API.md", "llms.txt", "CONTRIBUTING.md", ...stories];
const blocks = documents.flatMap(blocksOf);
const of = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));
const rows = (list: readonly Block[]) => list.map((block) => [block.place, block] as const);

/** Scripts of a page or a component, each padded so that a line of it has the number it has in the block. */
function scriptsOf(code: string, pattern: RegExp): string[] {
  return [...code.matchAll(pattern)].map((match) => {
    const lines = code.slice(0, match.index + match[0].indexOf(match[1]!)).split("\n").length - 1;
    return "\n".repeat(lines) + match[1];
  });
}
const inline = /<script(?: type="module")?>([^]*?)<\/script>/g;
const component = /<script[^>]*lang="ts"[^>]*>([^]*?)<\/script>/g;

describe("JavaScript and TypeScript", () => {
  // The shop imports a file of its own, and is run for real by test/package/built/empty-folder.test.ts.
  const plain = of("js", "ts").filter(
    ({ code, note }) => !/^(file:|test: shop$)/.test(note) && !/@angular/.test(code),
  );
  const code = new Map([
    ...plain.map(({ place, language, code }) => [`${place.replace(/\W/g, "-")}.${language}`, code] as const),
    ...of("html").flatMap(({ place, code }) =>
      scriptsOf(code, inline).map(
        (script, index) => [`${place.replace(/\W/g, "-")}-${index}.js`, script] as const,
      ),
    ),
  ]);
  const errors = typeErrors(code);
  test.each([...errors])("%s type-checks", (_, found) => expect(found).toEqual([]));

  test.each(rows(of("js", "ts", "tsx", "jsx")))("%s parses", (_, { code, language }) => {
    expect(syntaxErrors(code, language === "ts" ? "ts" : language === "js" ? "js" : "tsx")).toEqual([]);
  });
  test.each(rows(of("vue", "svelte")))("%s has a script that parses", (_, { code }) => {
    expect(scriptsOf(code, component).flatMap((script) => syntaxErrors(script, "ts"))).toEqual([]);
  });
  test.each(rows(blocks.filter(({ note }) => note.startsWith("file:"))))(
    "%s is the file",
    (_, { code, note }) => {
      expect(code).toBe(readFileSync(root + note.replace("file: ", ""), "utf8").trimEnd());
    },
  );
});

describe("templates and styles", () => {
  const templates = of("html", "tsx", "jsx", "vue", "svelte", "ts", "mdx").filter(({ code }) =>
    /<dintero-/.test(code),
  );
  test.each(rows(templates))("%s uses what the elements have", (_, { code }) =>
    expect(wrongUse(code)).toEqual([]),
  );
  test.each(rows(of("css")))("%s styles what the elements have", (_, { code }) =>
    expect(wrongStyle(code)).toEqual([]),
  );
  test.each(rows(of("json")))("%s is JSON", (_, { code }) =>
    expect(() => JSON.parse(code) as unknown).not.toThrow(),
  );

  test("a wrong name is noticed", { timeout: 120_000 }, () => {
    const wrong = `<dintero-checkout end-point="/" :pay="{}" ondintero-paid={() => a > 1} mode="embed"></dintero-checkout>`;
    expect(wrongUse(wrong)).toEqual([
      "<dintero-checkout> knows no end-point",
      "<dintero-checkout> knows no :pay",
      "<dintero-checkout> knows no ondintero-paid",
    ]);
    expect(
      wrongStyle("dintero-checkout:state(payed)::part(box) { --dintero-checkout-colour: red }"),
    ).toHaveLength(3);
    expect(
      typeErrors(new Map([["wrong.js", 'document.querySelector("dintero-checkout").begin()']])).get(
        "wrong.js",
      ),
    ).toHaveLength(1);
  });

  test.each(rows(blocks.filter(({ code }) => code.includes("importmap"))))(
    "%s maps to files",
    (_, { code }) => {
      const { imports } = JSON.parse(/importmap">([^]*?)<\/script>/.exec(code)![1]!) as {
        imports: Record<string, string>;
      };
      for (const [name, path] of Object.entries(imports)) {
        if (path.startsWith("data:")) continue;
        const own = `/node_modules/${packageJson.name}/`;
        if (path.startsWith(own)) {
          const exported = packageJson.exports[name.replace(packageJson.name, ".") as "."];
          expect(exported.default).toBe(`./${path.slice(own.length)}`);
        } else {
          expect(existsSync(root + path), path).toBe(true);
        }
      }
    },
  );
});

describe("commands", () => {
  const sentences = () =>
    readdirSync(`${root}test/server`)
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => readFileSync(`${root}test/server/${file}`, "utf8"))
      .join();
  const usage = readFileSync(`${root}src/cli/index.ts`, "utf8");
  test.each(rows(of("sh", "bash")))("%s runs what is there", (_, { code }) => {
    for (const [, script = ""] of code.matchAll(/\bnpm run ([\w:]+)/g)) {
      expect(Object.keys(packageJson.scripts), script).toContain(script);
    }
    for (const [, script = ""] of code.matchAll(/\bnpm (start|test)\b/g)) {
      expect(Object.keys(packageJson.scripts), script).toContain(script);
    }
    for (const [, command = "", rest = ""] of code.matchAll(/\bnpx dintero-checkout-element ([\w-]+)(.*)/g)) {
      expect(usage, `the command ${command}`).toMatch(new RegExp(`^  ${command}: `, "m"));
      for (const [flag] of rest.matchAll(/--\w+/g)) expect(usage, flag).toContain(`[${flag}`);
    }
    for (const [, sentence = ""] of code.matchAll(/ -t "([^"]+)"/g)) {
      expect(sentences(), sentence).toContain(sentence);
    }
    for (const [, file = ""] of code.matchAll(
      /\b(?:vitest run|--files|bash|node) '?([\w./-]+\.(?:ts|mjs|js))\b/g,
    )) {
      expect(existsSync(root + file), file).toBe(true);
    }
  });
});

describe("what is run", () => {
  const folder = mkdtempSync(join(tmpdir(), "snippets-"));
  const sandbox = createSandbox();
  const server = createAdaptorServer({
    fetch: (request: Request) => sandbox.fetch(request),
    // other tests of this process have Node's own
    overrideGlobalObjects: false,
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    vi.stubEnv("DINTERO_ACCOUNT_ID", sandbox.accountId);
    vi.stubEnv("DINTERO_CLIENT_ID", sandbox.clientId);
    vi.stubEnv("DINTERO_CLIENT_SECRET", sandbox.clientSecret);
    vi.stubEnv("DINTERO_SIGNATURE_SECRET", sandbox.signatureSecret);
    vi.stubEnv("DINTERO_API_URL", url);
    vi.stubEnv("DINTERO_CHECKOUT_URL", url);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a block as the module it is. */
  async function run({ place, code, language }: Block): Promise<Record<string, unknown>> {
    const file = join(folder, `${place.replace(/\W/g, "-")}.${language === "ts" ? "ts" : "mjs"}`);
    writeFileSync(file, code);
    return (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
  }

  const marked = (note: string) => rows(blocks.filter((block) => block.note === `test: ${note}`));
  const servers = of("js", "ts").filter(
    ({ code, note }) =>
      !note && !/^declare /m.test(code) && /from "dintero-checkout-element\/(server|sandbox)"/.test(code),
  );
  test.each([...marked("run"), ...rows(servers)])("%s runs", async (_, block) => {
    await run(block);
  });

  test.each(marked("ten-lines"))("%s makes a session in the sandbox, in ten lines", async (_, block) => {
    expect(block.code.split("\n").length).toBeLessThanOrEqual(10);
    const { POST } = (await run(block)) as { POST: (request: Request) => Promise<Response> };
    const response = await POST(new Request("https://shop.example/api/checkout", { method: "POST" }));
    const session = (await response.json()) as { id: string; url: string };
    expect(response.status).toBe(200);
    expect(sandbox.sessions.get(session.id)?.order).toMatchObject({ amount: 29990, currency: "NOK" });
  });

  test("both are in the README", () => {
    expect(marked("ten-lines")).toHaveLength(1);
    expect(marked("run").length).toBeGreaterThan(0);
  });
});

describe("README's tables and links", () => {
  const readme = readFileSync(`${root}README.md`, "utf8");
  const section = (title: string) => new RegExp(`\n#+ ${title}\n([^]*?)(?=\n#+ )`).exec(readme)?.[1] ?? "";
  const firstColumn = (text: string) => [...text.matchAll(/^\| `([\w-]+)/gm)].map(([, name]) => name).sort();
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort();
  const checkout = tags.get("dintero-checkout")!;

  test("attributes", () => expect(firstColumn(section("Attributes"))).toEqual(names(checkout.attributes)));
  test("events", () => expect(firstColumn(section("Events"))).toEqual(names(checkout.events)));
  test("error codes", () => {
    const known = readFileSync(`${root}src/checkout/errors.ts`, "utf8").matchAll(/^ {2}\| "([\w-]+)"/gm);
    expect(firstColumn(section("Errors"))).toEqual([...known].map(([, code]) => code).sort());
  });
  test("error codes of the server", () => {
    const known = readFileSync(`${root}src/server/errors.ts`, "utf8").matchAll(/^ {2}\| "([\w-]+)"/gm);
    for (const [, code] of known) expect(section("On the server")).toContain(`\`${code}\``);
  });
  test("states, parts and slots", () => {
    for (const { name } of [...checkout.cssStates, ...checkout.cssParts, ...checkout.slots]) {
      if (name) expect(section("Looks")).toContain(`\`${name}\``);
    }
  });
  test("API.md names what the elements have", () => {
    const page = readFileSync(`${root}API.md`, "utf8");
    const missing = [...tags.values()].flatMap(({ attributes, events, slots, cssParts, cssStates }) =>
      names([...attributes, ...events, ...slots, ...cssParts, ...cssStates]).filter(
        (name) => name && !page.includes(`\`${name}\``),
      ),
    );
    expect(missing).toEqual([]);
  });
  test("links lead somewhere", () => {
    const anchors = new Set(
      [...readme.matchAll(/^#+ (.*)/gm)].map(
        ([, title = ""]) =>
          `#${title
            .toLowerCase()
            .replace(/[^\w\s-]/g, "")
            .trim()
            .replace(/\s/g, "-")}`,
      ),
    );
    for (const [, target = ""] of readme.matchAll(/\]\(([^)]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      if (target.startsWith("#")) expect([...anchors]).toContain(target);
      else expect(existsSync(root + target), target).toBe(true);
    }
  });
});
