// `npm run manifest`: custom-elements.json, made from src/ by the analyzer. Storybook, editor data and the types of
// other frameworks are made from it.

/** Public to TypeScript, but only Lit and the browser use them. */
const lifecycle = new Set([
  "properties",
  "styles",
  "shadowRootOptions",
  "connectedMoveCallback",
  "enabledWarnings",
  "createRenderRoot",
  "getUpdateComplete",
  "scheduleUpdate",
]);

/** Leaves out private members, which no published plugin does. */
const publicMembers = {
  name: "public-members",
  packageLinkPhase({ customElementsManifest }) {
    customElementsManifest.readme = "README.md";
    for (const declaration of customElementsManifest.modules.flatMap(({ declarations }) => declarations)) {
      declaration.members = declaration.members?.filter(
        ({ name, privacy }) => !["private", "protected"].includes(privacy) && !lifecycle.has(name),
      );
      // `dispatchEvent(new StateEvent(…))` is read as an event named after an argument; @fires describes the real ones
      declaration.events = declaration.events?.filter(({ description }) => description);
      for (const member of declaration.members ?? []) {
        // what a constructor assigns from its arguments is no default
        if (member.readonly || member.default === "undefined") delete member.default;
      }
    }
  },
};

/** `@default` in the JSDoc wins over the name of a constant that the constructor assigns. */
function documentedDefaults() {
  const defaults = new Map();
  return {
    name: "documented-defaults",
    collectPhase({ ts, node }) {
      if (!ts.isPropertyDeclaration(node)) return;
      const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === "default");
      if (tag) defaults.set(`${node.parent.name?.text}.${node.name.getText()}`, String(tag.comment));
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap(({ declarations }) => declarations)) {
        for (const item of [...(declaration.members ?? []), ...(declaration.attributes ?? [])]) {
          const documented = defaults.get(`${declaration.name}.${item.fieldName ?? item.name}`);
          if (documented) item.default = documented;
        }
      }
    },
  };
}

/** An alias such as `CheckoutMode` does not help in an editor: unions of literals are written out. */
function literalUnions() {
  const unions = new Map();
  return {
    name: "literal-unions",
    collectPhase({ ts, node }) {
      if (!ts.isTypeAliasDeclaration(node) || !ts.isUnionTypeNode(node.type)) return;
      const { types } = node.type;
      if (types.every(ts.isLiteralTypeNode)) {
        unions.set(node.name.text, types.map((type) => type.getText()).join(" | "));
      }
    },
    packageLinkPhase({ customElementsManifest }) {
      const declarations = customElementsManifest.modules.flatMap(({ declarations }) => declarations);
      for (const { members = [], attributes = [] } of declarations) {
        for (const { type } of [...members, ...attributes]) {
          if (unions.has(type?.text)) type.text = unions.get(type.text);
        }
      }
      // these are read for their types only
      customElementsManifest.modules = customElementsManifest.modules.filter(
        ({ path }) => !/\/(checkout-mode|state|trigger)\.ts$/.test(path),
      );
    },
  };
}

export default {
  globs: [
    "src/checkout/{dintero-checkout,define,events,errors,checkout-mode,state,trigger}.ts",
    "src/return/{dintero-return,result-event}.ts",
    "src/return.ts",
  ],
  litelement: true,
  packagejson: false,
  quiet: true,
  plugins: [publicMembers, documentedDefaults(), literalUnions()],
};
