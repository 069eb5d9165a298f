/**
 * Lit's build for browsers needs these while it is loaded, and is what a bundle for a worker or an edge server has, whose
 * bundler does not know Lit's build for Node. The build of this package loads this module before Lit.
 */
const needed: Readonly<Record<string, unknown>> = {
  HTMLElement: class {},
  document: { createComment: () => null, createTreeWalker: () => null },
};

const added = Object.keys(needed).filter((name) => !(name in globalThis));
for (const name of added) Reflect.set(globalThis, name, needed[name]);

/** Once Lit is loaded: nobody else is to take this for a browser. */
export function removeServerDom(): void {
  for (const name of added.splice(0)) Reflect.deleteProperty(globalThis, name);
}
