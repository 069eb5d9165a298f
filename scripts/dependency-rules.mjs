// Who may import whom in src/, for dependency-cruiser (test/package/architecture.test.ts). Type imports count, too.

const bundled = "node_modules/(@hono/|hono/)";
const lit = "node_modules/(lit|lit-html|lit-element|@lit/reactive-element)/";

/** Files under `from` import only what one of `to` matches. */
const only = (name, from, to, { node = false } = {}) => ({
  name,
  severity: "error",
  from: { path: `^src/${from}` },
  to: {
    pathNot: to.map((path) => (path.startsWith("node_modules/") ? path : `^src/${path}`)),
    ...(node ? { dependencyTypesNot: ["core"] } : {}),
  },
});

export default {
  forbidden: [
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "no-folder-circle", severity: "error", scope: "folder", from: {}, to: { circular: true } },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-lazy-loading",
      comment: "What an entry needs comes with it; only the command loads its parts when they are used.",
      severity: "error",
      from: { pathNot: "^src/cli/" },
      // Node's own modules are there at once
      to: { dynamic: true, dependencyTypesNot: ["core"] },
    },
    only("core", "core/", ["core/"]),
    only("pages", "(checkout/|return/|elements/|index\\.ts|return\\.ts)", [
      "(checkout|return|elements|messages|core)/",
      "dintero/ids\\.ts$",
      "(index|return)\\.ts$",
      lit,
      "node_modules/@dintero/",
    ]),
    only("elements-depends-on-no-element", "elements/", ["(elements|messages|dintero|core)/", lit]),
    only("return-depends-on-no-checkout", "return/", ["(return|elements|messages|dintero|core)/", lit]),
    only("react", "react/", [
      "(react|checkout|return)/",
      "(index|return)\\.ts$",
      "node_modules/(@types/)?react/",
    ]),
    only("node", "node/", ["checkout/dintero-checkout\\.ts$", "(index|return)\\.ts$", lit]),
    only("messages", "messages/", ["messages/"]),
    only("dintero", "dintero/", ["(dintero|core)/"]),
    only("server", "server/", ["(server|dintero|core)/"]),
    only("sandbox", "sandbox/(?!page/|console/|static)", ["(sandbox|dintero|core)/", bundled], {
      node: true,
    }),
    only("sandbox-pages", "sandbox/(page/|console/|static)", ["(sandbox|dintero|core)/", lit]),
    only(
      "command",
      "cli/",
      [
        "(cli|server|sandbox|dintero|core)/",
        bundled,
        "node_modules/(htmlparser2|domhandler|entities|domelementtype|domutils)/",
      ],
      { node: true },
    ),
    {
      name: "only-the-adapter-imports-the-sdk",
      comment: "src/checkout/sdk.ts hides the SDK's traps from everything else.",
      severity: "error",
      from: { pathNot: "^src/checkout/sdk[^/]*\\.ts$" },
      to: { path: "node_modules/@dintero/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "default"] },
  },
};
