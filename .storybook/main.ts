import type { StorybookConfig } from "@storybook/web-components-vite";
import { script, withoutPolyfill } from "../vite.config.ts";

export default {
  framework: "@storybook/web-components-vite",
  stories: ["../stories/**/*.mdx", "../stories/**/*.stories.ts"],
  addons: ["@storybook/addon-docs", "@storybook/addon-a11y", "@storybook/addon-vitest"],
  // Nobody is called: not while it is built, and not by who reads it.
  core: { disableTelemetry: true, enableCrashReports: false, disableWhatsNewNotifications: true },
  // The hosted page without a server, the files for `<script src>`, and pages with headers of their own.
  staticDirs: [
    { from: "../dist/sandbox-static", to: "/sandbox" },
    { from: "../dist/cdn", to: "/cdn" },
    { from: "../stories/pages", to: "/pages" },
  ],
  viteFinal: (config) => ({
    ...config,
    // works in any folder of any static server
    base: "./",
    // vite.config.ts builds a library; a Storybook is none
    plugins: [...(config.plugins ?? []).filter((plugin) => !isScript(plugin)), script()],
    resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...withoutPolyfill.alias } },
    build: {
      ...config.build,
      lib: false,
      rolldownOptions: {},
      outDir: undefined,
      chunkSizeWarningLimit: 5000,
    },
  }),
} satisfies StorybookConfig;

function isScript(plugin: unknown): boolean {
  return (
    typeof plugin === "object" && plugin !== null && "name" in plugin && plugin.name === "script-as-string"
  );
}
