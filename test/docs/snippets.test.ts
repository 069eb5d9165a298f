// Every block of code in the documents compiles, runs, or names things that exist.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { createSandbox } from "../../src/sandbox/index.ts";
import { blocksOf, namedBlock, pages, root, type Block } from "./blocks.ts";
import { syntaxErrors, typeErrors } from "./compile.ts";
import { tags, wrongStyle, wrongUse } from "./manifest.ts";

const documents = ["README.md", "llms.txt", "CONTRIBUTING.md", ".github/SECURITY.md", ...pages];
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

test("every block is of a kind that is checked here", () => {
  const checked = ["html", "js", "ts", "tsx", "vue", "svelte", "css", "sh", ""];
  expect(blocks.filter(({ language }) => !checked.includes(language)).map(({ place }) => place)).toEqual([]);
});

describe("JavaScript and TypeScript", () => {
  // The shop imports a file of its own; test/package/built/empty-folder.test.ts runs it.
  const plain = of("js", "ts").filter(({ code, info }) => info !== "name=shop.mjs" && !/@angular/.test(code));
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

  test.each(rows(of("js", "ts", "tsx")))("%s parses", (_, { code, language }) => {
    expect(syntaxErrors(code, language as "js" | "ts" | "tsx")).toEqual([]);
  });
  test.each(rows(of("vue", "svelte")))("%s has a script that parses", (_, { code }) => {
    expect(scriptsOf(code, component).flatMap((script) => syntaxErrors(script, "ts"))).toEqual([]);
  });
});

describe("templates and styles", () => {
  const templates = of("html", "tsx", "vue", "svelte", "ts").filter(({ code }) => /<dintero-/.test(code));
  test.each(rows(templates))("%s uses only existing names", (_, { code }) =>
    expect(wrongUse(code)).toEqual([]),
  );
  test.each(rows(of("css")))("%s styles only existing names", (_, { code }) =>
    expect(wrongStyle(code)).toEqual([]),
  );

  test("a wrong name is reported", { timeout: 120_000 }, () => {
    const wrong = `<dintero-checkout end-point="/" :pay="{}" ondintero-paid={() => a > 1} mode="embed"><p slot="foot"></p></dintero-checkout>`;
    expect(wrongUse(wrong)).toEqual([
      "<dintero-checkout> has no end-point",
      "<dintero-checkout> has no :pay",
      "<dintero-checkout> has no ondintero-paid",
      "no element has the slot foot",
    ]);
    expect(
      wrongStyle("dintero-checkout:state(payed)::part(box) { --dintero-checkout-colour: red }"),
    ).toHaveLength(3);
    const snippet = new Map([["wrong.js", 'document.querySelector("dintero-checkout").begin()']]);
    expect(typeErrors(snippet).get("wrong.js")).toHaveLength(1);
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
    readdirSync(`${root}test/server`, { encoding: "utf8", recursive: true })
      .filter((file) => file.endsWith(".test.ts"))
      .map((file) => readFileSync(`${root}test/server/${file}`, "utf8"))
      .join();
  test.each(rows(of("sh")))("%s runs existing commands", async (_, { code }) => {
    for (const [, script = ""] of code.matchAll(/\bnpm run ([\w:]+)/g)) {
      expect(Object.keys(packageJson.scripts), script).toContain(script);
    }
    for (const [, script = ""] of code.matchAll(/\bnpm (start|test)\b/g)) {
      expect(Object.keys(packageJson.scripts), script).toContain(script);
    }
    const { doctorFlags } = await import("../../src/cli/doctor.ts");
    const { sandboxFlags } = await import("../../src/cli/sandbox.ts");
    const commands: Record<string, object> = { sandbox: sandboxFlags, doctor: doctorFlags };
    for (const [, command = "", rest = ""] of code.matchAll(/\bnpx dintero-checkout-element ([\w-]+)(.*)/g)) {
      const flags = Object.keys(commands[command] ?? {}).map((flag) => `--${flag}`);
      for (const [flag] of rest.matchAll(/--[\w-]+/g)) expect(flags, command).toContain(flag);
      expect(flags, `the command ${command}`).not.toEqual([]);
    }
    for (const [, sentence = ""] of code.matchAll(/ -t "([^"]+)"/g)) {
      expect(sentences(), sentence).toContain(sentence);
    }
    for (const [, file = ""] of code.matchAll(
      /\b(?:vitest run|--files|bash|node) '?([\w./-]+\.(?:ts|mjs|js))\b(?!.*shop\.mjs)/g,
    )) {
      expect(existsSync(root + file), file).toBe(true);
    }
  });
});

describe("code that runs", () => {
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
    writeFileSync(join(folder, "dintero.mjs"), namedBlock("dintero.mjs").code);
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

  const servers = of("js", "ts").filter(({ code }) =>
    /from "(dintero-checkout-element\/(server|sandbox)|\.\/dintero\.mjs)"/.test(code),
  );
  test.each(rows(servers.filter(({ info }) => info !== "name=shop.mjs")))("%s runs", async (_, block) => {
    await run(block);
  });
  test("some of them assert something", () => {
    expect(of("js").filter(({ info }) => info === "run").length).toBeGreaterThan(1);
  });

  test("the server in ten lines creates a session in the sandbox", async () => {
    const block = namedBlock("checkout.mjs");
    expect(block.code.split("\n").filter(Boolean).length).toBeLessThanOrEqual(10);
    const { POST } = (await run(block)) as { POST: (request: Request) => Promise<Response> };
    const response = await POST(new Request("https://shop.example/api/checkout", { method: "POST" }));
    const session = (await response.json()) as { id: string; url: string };
    expect(response.status).toBe(200);
    expect(sandbox.sessions.get(session.id)?.order).toMatchObject({ amount: 29990, currency: "NOK" });
  });
});

describe("lists", () => {
  const text = (file: string) => readFileSync(root + file, "utf8");
  const firstColumn = (table: string) =>
    [...table.matchAll(/^\| (`[\w-]+`(?:, `[\w-]+`)*)/gm)].flatMap(([, cell]) =>
      [...cell!.matchAll(/[\w-]+/g)].map(([name]) => name),
    );

  test("docs/errors.md has every error code, and no other", () => {
    const [checkout = "", server = ""] = text("docs/errors.md").split("## Errors on the server");
    const codes = (file: string) => [...text(file).matchAll(/^ {2}\| "([\w-]+)"/gm)].map(([, code]) => code);
    expect(firstColumn(checkout).sort()).toEqual(codes("src/checkout/errors.ts").sort());
    expect(firstColumn(server).sort()).toEqual(codes("src/server/errors.ts").sort());
  });

  test("docs/reference.md covers the whole manifest", () => {
    const missing = [...tags.values()].flatMap(
      ({ attributes, events, slots, cssParts, cssProperties, members }) =>
        [...attributes, ...events, ...slots, ...cssParts, ...cssProperties, ...members]
          .map(({ name }) => name)
          .filter((name) => name && !text("docs/reference.md").includes(name)),
    );
    expect(missing).toEqual([]);
  });

  test.each(documents)("links in %s have a target", (file) => {
    const folder = new URL(`../../${file}`, import.meta.url);
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .trim()
        .replace(/ /g, "-");
    for (const [, target = ""] of text(file).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [path, anchor] = target.split("#");
      const url = path ? new URL(path, folder) : folder;
      expect(existsSync(url), `${file}: ${target}`).toBe(true);
      if (!anchor) continue;
      const headings = readFileSync(url, "utf8").matchAll(/^#+ (.*)$/gm);
      expect(
        [...headings].map(([, heading]) => slug(heading!)),
        `${file}: ${target}`,
      ).toContain(anchor);
    }
  });
});
