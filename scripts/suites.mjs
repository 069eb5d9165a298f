// Runs suites one after the other and sums their closing lines: `node scripts/suites.mjs vitest wtr`. The tests that
// failed, of which a suite prints a line `✘ <name>` each, are named once more at the end.
// A suite that ends badly without counting a failure, or without a closing line, counts as one failure.
import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
process.env.PATH = `${root}node_modules/.bin${delimiter}${process.env.PATH}`;

/** What each name runs. */
const suites = {
  build: { command: "node scripts/build.mjs", counts: false },
  vitest: { command: "vitest run" },
  wtr: { command: "wtr" },
};

const closing = /(\d+) passed, (\d+) failed/;
const failure = /^✘ .+/;

function run({ command }) {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "inherit"] });
    let line = null;
    let rest = "";
    // a suite of suites names them twice
    const failures = new Set();
    child.stdout.setEncoding("utf8").on("data", (data) => {
      process.stdout.write(data);
      const lines = (rest + data).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) {
        line = closing.exec(text) ?? line;
        if (failure.test(text)) failures.add(text);
      }
    });
    child.once("close", (code) => {
      line = closing.exec(rest) ?? line;
      resolve({ code, line, failures });
    });
  });
}

const total = { passed: 0, failed: 0 };
const report = [];
const failed = [];
for (const argument of process.argv.slice(2)) {
  // a name of the table, or `name=command`
  const [name, ...rest] = argument.split("=");
  const suite = rest.length ? { command: rest.join("=") } : suites[name];
  if (!suite) throw new Error(`No suite is called ${name}: known are ${Object.keys(suites).join(", ")}.`);
  const started = Date.now();
  let { code, line, failures } = await run(suite);
  if (code !== 0 && !line && suite.counts !== false) {
    // A runner that ends without a result says nothing of the code (a browser that died, once seen): asked again, once.
    report.push(`${name}: ended with ${code} and no result, and was started again`);
    ({ code, line, failures } = await run(suite));
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const sum = { passed: Number(line?.[1] ?? 0), failed: Number(line?.[2] ?? 0) };
  if (code !== 0 && sum.failed === 0) sum.failed = 1;
  if (suite.counts === false) {
    sum.passed = 0;
  } else if (!line) {
    sum.failed = Math.max(sum.failed, 1);
    report.push(`${name}: did not report (exit ${code})`);
  }
  total.passed += sum.passed;
  total.failed += sum.failed;
  if (sum.failed) failed.push(...failures);
  report.push(`${name}: ${sum.passed} passed, ${sum.failed} failed (${seconds} s)`);
  // nothing after a broken build means anything
  if (suite.counts === false && sum.failed > 0) break;
}
console.log(`\n${[...report, ...failed].join("\n")}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
