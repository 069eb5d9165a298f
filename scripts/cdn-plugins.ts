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

/** The SDK carries its whole package.json for its version, and indented style sheets. */
export function slimSdk(): Plugin {
  return {
    name: "slim-sdk",
    enforce: "pre",
    transform(code, id) {
      if (!/@dintero\/checkout-web-sdk\/.*\.js$/.test(id)) return null;
      if (/\bpkg\.(?!version\b)/.test(code))
        this.error("The SDK uses more of its package.json than the version.");
      const slim = code
        .replace(
          /var pkg = \{[^]*?\n\};/,
          (pkg) => `var pkg = { version: ${/version: (".*?")/.exec(pkg)![1]} };`,
        )
        .replace(/\n[ \t]+/g, "\n");
      return { code: slim, map: null };
    },
  };
}
