export const cdnFile = "/dist/cdn/dintero-checkout.min.js";
export const sdkFile = "/node_modules/@dintero/checkout-web-sdk/dist/dintero-checkout-web-sdk.umd.min.js";

/** Loads a script into a page. */
export async function loadScript(page: Document, src: string, type = ""): Promise<void> {
  const script = page.createElement("script");
  script.src = src;
  script.type = type;
  const loaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} did not load`));
  });
  page.head.append(script);
  await loaded;
}
