// Any static server: knows nothing but files, and serves them below a folder of its own.
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Serves the files of `folder` below `/docs/ui/`, on a free port of this machine. */
export async function serve(/** @type {string} */ folder) {
  const base = "/docs/ui/";
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (!pathname.startsWith(base)) return response.writeHead(404).end();
    let file = join(folder, normalize(`/${decodeURIComponent(pathname.slice(base.length))}`));
    try {
      if ((await stat(file)).isDirectory()) {
        if (!pathname.endsWith("/")) return response.writeHead(301, { location: `${pathname}/` }).end();
        file = join(file, "index.html");
      }
      const type = types[/** @type {keyof typeof types} */ (extname(file))] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type }).end(await readFile(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return {
    origin,
    url: origin + base,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
