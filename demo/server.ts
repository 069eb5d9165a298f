// @ts-check
import { fileURLToPath } from "node:url";
import { DinteroError } from "dintero-checkout-element/server";
import { features, readSettings, SettingsError } from "./settings.js";
import { start } from "./start.js";

try {
  const settings = readSettings(process.env, fileURLToPath(new URL("../.shop", import.meta.url)));
  const { url, sandboxUrl, shop, close } = await start(settings);
  const lines = [
    `Shop     ${url}${settings.publicUrl ? `  (public: ${settings.publicUrl})` : ""}`,
    `Dintero  ${sandboxUrl ? `${sandboxUrl}  (sandbox)` : shop.checkoutOrigin}`,
    ...features(settings).off,
  ];
  console.log(lines.join("\n"));

  let stopping = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void close().then(() => process.exit(0));
    });
  }
} catch (error) {
  // What the environment or the files are to blame for needs no stack.
  const known = error instanceof SettingsError || error instanceof DinteroError;
  console.error(known || (error instanceof Error && error.cause) ? error.message : error);
  process.exitCode = 1;
}
