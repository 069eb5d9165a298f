// Before the tests: one line and exit code 1 where there is no browser for them, rather than a failure of each.
import { findChromium } from "../test/support/browser.mjs";

try {
  findChromium();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
