// A checkout that does what a test tells it, its documents failing included, on an origin of its own.
import { createServer } from "node:http";

// Obeys its parent's `{ obey: [message, …] }` by posting those messages, and repeats to it what else it hears.
const page = `<!doctype html><meta charset="utf-8"><title>Puppet</title><script>
addEventListener("message", ({ data }) => {
  if (Array.isArray(data?.obey)) for (const message of data.obey) parent.postMessage(message, "*");
  else parent.postMessage({ puppet: "heard", message: data }, "*");
});
parent.postMessage({ puppet: "hello", address: location.href }, "*");
if (opener) {
  const sid = new URLSearchParams(location.search).get("sid");
  opener.postMessage({ type: "AppLoaded", context: "popOut", sid }, "*");
} else if (parent === window) close(); // cut off from whoever opened it, who could not close it any more
</script>`;

/**
 * Addresses: `/<key>/<fault>/?sid=…`, where `<fault>` is what the document does: `well`, `hang` (no answer), `reset`,
 * `denied` (X-Frame-Options) or a status. `/<key>/cure` ends its fault, `/<key>/log` tells the requests with that key.
 */
export function puppet() {
  const log = new Map();
  const cured = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://puppet");
    const [, key = "", steer = "", rest = ""] = url.pathname.split("/");
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cache-Control", "no-store");
    if (steer === "log") return response.end(JSON.stringify(log.get(key) ?? []));
    if (steer === "cure") return response.end(String(cured.add(key).size));
    if (rest === "favicon.ico") return response.writeHead(204).end();
    log.set(key, [...(log.get(key) ?? []), request.url]);
    const fault = cured.has(key) ? "well" : steer;
    if (fault === "hang") return undefined;
    if (fault === "reset") return request.socket.destroy();
    if (fault === "denied") response.setHeader("X-Frame-Options", "DENY");
    const status = Number(fault);
    if (status) return response.writeHead(status, { "Content-Type": "text/html" }).end("<h1>Trouble</h1>");
    return response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page);
  });
  return {
    /** Its origin. */
    start: () =>
      new Promise((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
      }),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
