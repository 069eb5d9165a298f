// Runs suites one after the other and sums their closing lines: `node scripts/suites.mjs "unit=vitest run" "wtr=wtr"`.
// Tests that failed, a line `✘ <name>` each, are listed again at the end. A suite that ends without a closing line
// (a browser that crashed) runs once more, then counts as one failure.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.env.PATH = `${process.cwd()}/node_modules/.bin${delimiter}${process.env.PATH}`;

/** What runs, and since when: shown on a terminal until the suite ends. */
function showProgress(name) {
  if (!process.stdout.isTTY) return () => {};
  const started = Date.now();
  const show = () => {
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stdout.write(`\r${name} … ${seconds} s`);
  };
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    process.stdout.write("\r\x1b[K");
  };
}

async function run(command, name) {
  const stopProgress = showProgress(name);
  const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  let counts = null;
  // suites of suites list their failures twice
  const failures = new Set();
  for await (const line of createInterface(child.stdout)) {
    console.log(line);
    counts = /(\d+) passed, (\d+) failed/.exec(line) ?? counts;
    if (line.startsWith("✘ ")) failures.add(line);
  }
  const [code, signal] = await closed;
  stopProgress();
  if (code !== 0 && failures.size === 0)
    failures.add(`✘ ${command}: ended by ${signal ?? `exit code ${code}`}, and names no test`);
  const [passed, failed] = counts ? [Number(counts[1]), Number(counts[2])] : [0, 0];
  return {
    finished: counts !== null,
    passed,
    failed: code === 0 && counts ? failed : Math.max(failed, 1),
    failures,
  };
}

const total = { passed: 0, failed: 0 };
const summary = [];
const failures = [];
for (const argument of process.argv.slice(2)) {
  const [name, ...rest] = argument.split("=");
  const started = Date.now();
  let result = await run(rest.join("="), name);
  if (!result.finished) {
    summary.push(`${name}: ended without a closing line, and ran again`);
    result = await run(rest.join("="), name);
  }
  total.passed += result.passed;
  total.failed += result.failed;
  failures.push(...result.failures);
  const seconds = Math.round((Date.now() - started) / 1000);
  summary.push(`${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
}
console.log(`\n${[...summary, ...failures].join("\n")}\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
