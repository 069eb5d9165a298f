// For Node: the build puts `import "lit"` before it, so that Lit's build for Node finds no stand-ins of ours.
export * from "../index.ts";
