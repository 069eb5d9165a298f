import { minify } from "terser";
import type { Plugin } from "vite";

// What a bundler cannot know about our files and what therefore would travel to every shopper for nothing.

/** One file holds it all: nothing is loaded later, so nothing needs a loader. */
export function withoutLazyLoading(): Plugin {
  return {
    name: "without-lazy-loading",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/src/dintero-checkout.ts")) return null;
      const eager = code.replaceAll('import("./sdk.ts")', "Promise.resolve({ openFrame: onBoard })");
      // on the last line, so that the source map's lines stay true
      return { code: `${eager}\nimport { openFrame as onBoard } from "./sdk.ts";\n`, map: null };
    },
  };
}

/** Lit asks for polyfills that no browser we support has. */
export function slimLit(): Plugin {
  return {
    name: "slim-lit",
    transform(code, id) {
      if (!/\/(lit-html|lit-element|reactive-element)\.js$/.test(id)) return null;
      return {
        code: code.replace(/\b\w+\.(?:litHtml|litElement|reactiveElement)PolyfillSupport\b/g, "void 0"),
        map: null,
      };
    },
  };
}

/** The SDK carries its whole package.json for its version, objects that only hold names, and indented style sheets. */
export function slimSdk(): Plugin {
  return {
    name: "slim-sdk",
    enforce: "pre",
    transform(code, id) {
      if (!/@dintero\/checkout-web-sdk\/.*\.js$/.test(id)) return null;
      const version = /^\s*version: (".*?")/m.exec(code)?.[1];
      if (!version) this.error("The SDK's version is not where it was.");
      const slim = code
        .replace(/\bpkg\.version\b/g, version)
        .replace(/\b(?:Internal)?CheckoutEvents\.(\w+)/g, '"$1"')
        .replace(/\b(?:popOutModule|url)\.((?:open|post|get|window)\w+)/g, "$1")
        .replace(/\n[ \t]+/g, "\n");
      return { code: slim, map: null };
    },
  };
}

/** A second minifier over the first finds 3 % more, on both elements. */
export function minifyAgain(): Plugin {
  return {
    name: "minify-again",
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const { code, map } = await minify(chunk.code, {
          ecma: 2020,
          toplevel: true,
          // Lit's internal names, kept by Lit so that its packages fit together: here they are all on board
          mangle: { properties: { regex: /^_\$/ } },
          compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
          format: { comments: /^!/ },
          sourceMap: { content: JSON.stringify(chunk.map), asObject: true },
        });
        chunk.code = `${code}\n//# sourceMappingURL=${chunk.fileName}.map\n`;
        Object.assign(chunk.map!, map);
      }
    },
  };
}
