import { publicNames, type Manifest } from "./manifest.ts";

// Requested, because not every browser imports JSON.
const manifest = (await (await fetch("/custom-elements.json")).json()) as Manifest;

/** The elements' public names, for tests in a browser. */
export const checkoutNames = publicNames(manifest, "dintero-checkout");
export const returnNames = publicNames(manifest, "dintero-return");
