// @ts-check
import { fileURLToPath } from "node:url";
import { features, readSettings, SettingsError } from "./settings.js";
import { start } from "./start.js";

try {
  const settings = readSettings(process.env, fileURLToPath(new URL("../.shop", import.meta.url)));
  const { url, sandboxUrl, shop, close } = await start(settings);
  console.log(`Shop     ${url}${settings.publicUrl ? `  (public: ${settings.publicUrl})` : ""}`);
  console.log(`Dintero  ${sandboxUrl ? `${sandboxUrl}  (sandbox)` : shop.checkoutOrigin}`);
  for (const line of features(settings).off) console.log(line);

  let stopping = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void close().then(() => process.exit(0));
    });
  }
} catch (error) {
  const expected = error instanceof SettingsError || (error instanceof Error && error.cause !== undefined);
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
