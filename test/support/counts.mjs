// Closing lines that a script can read: `✘ <name>` for each that failed, then `wtr: N passed, N failed` or
// `vitest: N passed, N failed`.
import { relative } from "node:path";

/** @param {string} where what all names begin with */
function count(results, sum, where) {
  for (const suite of results?.suites ?? []) count(suite, sum, `${where} > ${suite.name}`);
  for (const test of results?.tests ?? []) {
    if (test.skipped) sum.skipped += 1;
    else if (test.passed) sum.passed += 1;
    else {
      sum.failed += 1;
      console.log(`✘ ${where} > ${test.name}`);
    }
  }
}

/** Reporter of the test runner for browsers, printing a line for each engine and one for all. */
export function counts() {
  let sessions = [];
  return {
    onTestRunFinished(run) {
      sessions = run.sessions;
    },
    stop() {
      const engines = new Map();
      const total = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        const sum = { passed: 0, failed: 0, skipped: 0 };
        const where = `${session.browser.name} ${relative(process.cwd(), session.testFile ?? "")}`;
        count(session.testResults, sum, where);
        // a file that does not load, or a page that throws, fails without a failing test
        if (!session.passed && sum.failed === 0) {
          sum.failed = 1;
          console.log(`✘ ${where}`);
        }
        const engine = engines.get(session.browser.name) ?? { passed: 0, failed: 0, skipped: 0 };
        for (const key of Object.keys(total)) {
          engine[key] += sum[key];
          total[key] += sum[key];
        }
        engines.set(session.browser.name, engine);
      }
      for (const [name, sum] of engines) {
        console.log(`${name}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
      }
      console.log(`wtr: ${total.passed} passed, ${total.failed} failed`);
    },
  };
}

/** Reporter of vitest. A file that does not load counts as a failed test. */
export class Counts {
  onTestRunEnd(modules, unhandled) {
    let passed = 0;
    const failed = unhandled.map(({ message }) => `unhandled: ${message}`);
    for (const module of modules) {
      const before = failed.length;
      const where = `${module.project.name} ${module.relativeModuleId}`;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        if (state === "failed") failed.push(`${where} > ${test.fullName}`);
      }
      if (module.state() === "failed" && failed.length === before) failed.push(where);
    }
    for (const name of failed) console.log(`✘ ${name}`);
    console.log(`vitest: ${passed} passed, ${failed.length} failed`);
  }
}
