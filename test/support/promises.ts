import type names from "../package/promises.json";

/** The package's public names. Requested, because not every browser imports JSON. */
export const promises = (await (await fetch("/test/package/promises.json")).json()) as typeof names;
