// Old libraries that change built-ins of the page, for tests. npm has jQuery 1; prototype.js comes from Debian.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

const files = {
  "/support/jquery.js": "node_modules/jquery/dist/jquery.js",
  "/support/prototype.js": "/usr/share/javascript/prototype/prototype.js",
};

/** Whether prototype.js is installed. If not, its tests are skipped with a printed line; an error when CI=true. */
export function hasPrototype() {
  const found = existsSync(files["/support/prototype.js"]);
  if (found) return true;
  const line = "prototype.js is not there (apt-get install libjs-prototype)";
  if (process.env.CI === "true") throw new Error(line);
  console.log(`Left out: ${line}`);
  return false;
}

/** Koa middleware for `/support/jquery.js` and `/support/prototype.js`. */
export async function libraries(context, next) {
  const file = files[context.path];
  if (!file) return next();
  context.type = "js";
  context.body = await readFile(new URL(file, new URL("../../", import.meta.url)));
}
