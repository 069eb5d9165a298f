// test/package/api/*.api.md: everything that the package's entries export, with types, by API Extractor. A change of the
// public API is a change of these files: `npm run api` writes them, `--check` fails where one is stale.
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const root = fileURLToPath(new URL("..", import.meta.url));
const entries = {
  index: "index",
  element: "checkout/dintero-checkout",
  return: "return",
  react: "react/index",
  server: "server/index",
  sandbox: "sandbox/index",
};

/** Makes one report. Resolves to whether the committed one is the same. */
function report(name, entry, localBuild) {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: `${root}package.json`,
    packageJsonFullPath: `${root}package.json`,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${root}dist/types/${entry}.d.ts`,
      compiler: { tsconfigFilePath: `${root}scripts/tsconfig.types.json` },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: `${root}test/package/api`,
        reportTempFolder: `${root}node_modules/.cache/api`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild,
    messageCallback: (message) => {
      // The result says what changed.
      if (message.messageId.startsWith("console-")) message.handled = true;
    },
  });
  return !apiReportChanged;
}

mkdirSync(`${root}test/package/api`, { recursive: true });
const check = process.argv.includes("--check");
const stale = Object.entries(entries)
  .filter(([, entry]) => existsSync(`${root}dist/types/${entry}.d.ts`))
  .filter(([name, entry]) => !report(name, entry, !check))
  .map(([name]) => `test/package/api/${name}.api.md`);
if (check && stale.length > 0) {
  console.error(
    `The public API has changed: ${stale.join(", ")}. Run \`npm run api\` and read the difference.`,
  );
  process.exitCode = 1;
}
