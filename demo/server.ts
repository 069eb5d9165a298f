import { fileURLToPath } from "node:url";
import { DinteroError } from "dintero-checkout-element/server";
import { readSettings, SettingsError } from "./settings.ts";
import { start, StartError } from "./start.ts";

try {
  const settings = readSettings(process.env, fileURLToPath(new URL("../.shop", import.meta.url)));
  const { url, sandboxUrl, shop, close } = await start(settings);
  console.log(`Shop     ${url}${settings.publicUrl ? `  (public: ${settings.publicUrl})` : ""}`);
  console.log(`Dintero  ${sandboxUrl ? `${sandboxUrl}  (sandbox)` : shop.checkoutOrigin}`);
  for (const line of shop.features.off) console.log(line);

  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void close().then(() => process.exit(0));
    });
  }
} catch (error) {
  // What is wrong in the environment or in the files needs no stack.
  const known = [SettingsError, DinteroError, StartError].some((type) => error instanceof type);
  console.error(known ? (error as Error).message : error);
  process.exitCode = 1;
}
