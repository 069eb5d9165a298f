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
      const lazy = { attempt: "attempt", sdk: "openFrame" };
      let eager = code;
      for (const [file, name] of Object.entries(lazy)) {
        const own = `${name}OnBoard`;
        // imported on the last line, so that the source map's lines stay true
        eager = eager.replace(`import("./${file}.ts")`, `Promise.resolve({ ${name}: ${own} })`);
        eager += `\nimport { ${name} as ${own} } from "./${file}.ts";`;
      }
      return { code: eager, map: null };
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
        .replace(/^\s*console\.log\(.*\);$/gm, "")
        .replace(/\n[ \t]+/g, "\n")
        // a space after an expression is a descendant's
        .replace(/`[^`]*!important;\n[^`]*`/g, (css) =>
          withoutSpace(css.replace(/(\$\{\w+\}) (?=[\w>])/g, "$1\0")).replaceAll("\0", " "),
        )
        .replace(/`\n<svg[^`]*`/g, (svg) => svg.replace(/\n/g, " "));
      return { code: slim, map: null };
    },
  };
}

/** A style sheet, or a template of one, without what only people need. */
export function withoutSpace(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/: +/g, ":")
    .replace(/ !important/g, "!important")
    .replace(/#(\w)\1(\w)\2(\w)\3\b/g, "#$1$2$3")
    .replace(/\b0\./g, ".")
    .replace(/;}/g, "}")
    .trim();
}

/**
 * Names that the files of Lit, of ours and of the SDK use only among themselves: here they are all on board. None of
 * them is a name of the page's, of the DOM's, or of a message.
 */
const internal = [
  "_\\$.*",
  ..."asked known keep opened started adapter tell act own alive renewable fullPage onClick ours texts hear way panel".split(
    " ",
  ),
  ..."eventTypes unsubscribe initiate innerContainer internalPopOutHandler shouldCallValidateSession".split(
    " ",
  ),
  ..."popOut popOutWindow onOpen onClose onSession onSessionCancel onPayment onPaymentAuthorized".split(" "),
  ..."onPaymentError onSessionNotFound onSessionLocked onSessionLockFailed onActivePaymentType".split(" "),
  ..."onValidateSession onAddressCallback".split(" "),
];

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
          mangle: { properties: { regex: new RegExp(`^(${internal.join("|")})$`) } },
          compress: { passes: 5, keep_fargs: false, unsafe_arrows: true, pure_getters: true },
          // a script is read in its page's encoding where the server names none
          format: { comments: /^!/, ascii_only: true },
          sourceMap: { content: JSON.stringify(chunk.map), asObject: true },
        });
        chunk.code = `${code}\n//# sourceMappingURL=${chunk.fileName}.map\n`;
        Object.assign(chunk.map!, map);
      }
    },
  };
}
