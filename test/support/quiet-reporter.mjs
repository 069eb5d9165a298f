import { defaultReporter } from "@web/test-runner";

/** The runner's own reporter. What a page has logged is shown for a file with a failure, and not for one that passed. */
export function quietReporter() {
  const reporter = defaultReporter({ reportTestProgress: Boolean(process.stdout.isTTY) });
  return {
    ...reporter,
    reportTestFileResults(file) {
      if (file.sessionsForTestFile.some((session) => !session.passed)) reporter.reportTestFileResults(file);
    },
  };
}
