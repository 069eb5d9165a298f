// Builds each app with its framework's own tools into a folder that can be served as it is.
import { execFile } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import solid from "vite-plugin-solid";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const app = (name) => join(here, "apps", name);

const plugins = {
  vue: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("dintero-") } } })],
  svelte: [svelte({ configFile: false })],
  solid: [solid()],
};

async function vite(name, outDir) {
  const root = app(name);
  const shared = { root, configFile: false, logLevel: "error", plugins: plugins[name] ?? [] };
  await build({ ...shared, base: "./", build: { outDir, emptyOutDir: true, target: "es2022" } });
  const server = readdirSync(root).find((file) => file.startsWith("server."));
  if (!server) return;
  // rendered in Node, as a shop's own server would
  const ssr = join(root, ".server");
  await build({ ...shared, build: { ssr: join(root, server), outDir: ssr, target: "node20" } });
  const { render } = await import(pathToFileURL(join(ssr, "server.js")).href);
  const page = join(outDir, "index.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("<!--server-->", await render()));
  rmSync(ssr, { recursive: true });
}

async function astro(outDir) {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1", CI: "true" };
  await run("npx", ["--no", "--", "astro", "build", "--outDir", outDir], { cwd: app("astro"), env });
}

async function angular(outDir) {
  const env = { ...process.env, NG_CLI_ANALYTICS: "false", CI: "true" };
  await run("npx", ["--no", "--", "ng", "build", "--output-path", outDir], { cwd: app("angular"), env });
  cpSync(join(outDir, "browser"), outDir, { recursive: true });
}

const tools = { astro, angular };

/** Names of all contexts: pages that are served as they are, and apps. */
export const names = ["pages", "apps"].flatMap((folder) => readdirSync(join(here, folder)));

export async function buildContext(name, outDir) {
  const page = join(here, "pages", name);
  if (existsSync(page)) return cpSync(page, outDir, { recursive: true });
  await (tools[name] ?? ((folder) => vite(name, folder)))(outDir);
}
