import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Plugin } from "vite";

// What a bundler cannot know about our files and what therefore would travel to every shopper for nothing.

/** White space and comments in css`…` and html`…`. Text of ours comes from messages/, so no space here is content. */
export function slimTemplates(): Plugin {
  return {
    name: "slim-templates",
    enforce: "pre",
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id) || !/\b(css|html)`/.test(code)) return null;
      return code
        .replace(/(\bcss`)([^`]*)/g, (_, start: string, css: string) => start + slimCss(css))
        .replace(
          /(html`)([^`]*)/g,
          (_, start: string, html: string) => start + html.replace(/\s*\n\s*/g, " ").replace(/> </g, "><"),
        );
    },
  };
}

function slimCss(css: string): string {
  return css
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>]) ?/g, "$1")
    .replace(/: /g, ":")
    .replace(/;}/g, "}")
    .trim();
}

/** One file holds it all: nothing is loaded later, so nothing needs a loader. */
export function withoutLazyLoading(): Plugin {
  return {
    name: "without-lazy-loading",
    enforce: "pre",
    transform(code, id) {
      if (!/\/src\/dintero-checkout\.ts$/.test(id)) return null;
      const eager = code.replaceAll('import("./sdk.ts")', "Promise.resolve(sdk)");
      return `import * as sdk from "./sdk.ts";\n${eager}`;
    },
  };
}

/** All languages in one table: the keys once, and no module around each. */
export function packMessages(): Plugin {
  return {
    name: "pack-messages",
    enforce: "pre",
    transform(code, id) {
      if (!/\/src\/messages\/\w+\/index\.ts$/.test(id)) return null;
      const folder = dirname(id);
      const packed: Record<string, string> = {};
      let keys = "";
      for (const file of readdirSync(folder).filter((name) => name !== "index.ts")) {
        this.addWatchFile(join(folder, file));
        const texts = Object.entries(readMessages(join(folder, file)));
        keys ||= texts.map(([key]) => key).join();
        if (keys !== texts.map(([key]) => key).join())
          this.error(`${file} orders its texts unlike the others.`);
        packed[basename(file, ".ts")] = texts.map(([, text]) => text).join("|");
      }
      const name = /export function (\w+)/.exec(code)?.[1];
      return `const keys = ${JSON.stringify(keys)}.split(","), packed = ${JSON.stringify(packed)};
        export const ${name} = (language) => Object.fromEntries(packed[language].split("|").map((text, i) => [keys[i], text]));`;
    },
  };
}

/** `export const messages: … = { key: "text", … };` */
function readMessages(path: string): Record<string, string> {
  const body = /=\s*(\{[^]*\});/.exec(readFileSync(path, "utf8"))?.[1];
  if (!body) throw new Error(`${path} holds no messages.`);
  return new Function(`return ${body}`)() as Record<string, string>;
}

/** The SDK carries its whole package.json and needs its version. */
export function slimSdk(): Plugin {
  return {
    name: "slim-sdk",
    enforce: "pre",
    transform(code, id) {
      if (!/@dintero\/checkout-web-sdk\/.*\.js$/.test(id)) return null;
      const slim = code.replace(
        /var pkg = \{[^]*?\n\};/,
        (pkg) => `var pkg = { version: ${/version: (".*?")/.exec(pkg)![1]} };`,
      );
      if (/\bpkg\.(?!version\b)/.test(slim))
        this.error("The SDK uses more of its package.json than the version.");
      return slim;
    },
  };
}
