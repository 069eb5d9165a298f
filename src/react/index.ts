"use client";

// Entries of the package, so that their registering stays in a bundle.
import "../index.ts";
import "../return.ts";

export { DinteroCheckout, type DinteroCheckoutProps } from "./checkout.ts";
export { DinteroReturn, type DinteroReturnProps } from "./return.ts";
