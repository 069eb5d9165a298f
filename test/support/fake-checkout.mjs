// A checkout that says only what a test makes it say, its documents failing included, on an origin of its own. Tests
// speak with it through test/support/scripted-frame.ts, word by word, or through test/element/support/puppet.ts, which
// answers by itself. `localhost` and `127.0.0.1` are two origins for the same server.
import { createServer } from "node:http";

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Scripted checkout</title><script>
const other = window.opener ?? window.parent;
const tell = (message) => other.postMessage({ scripted: window.opener ? "window" : "frame", ...message }, "*");
addEventListener("message", ({ data, origin }) => {
  if (data?.say) for (const message of data.say) other.postMessage(message, "*");
  else if (data?.shut) close();
  else tell({ heard: data, origin });
});
tell({ opened: location.href });
if (other === window) close(); // cut off from whoever opened it, who could not close it any more
</script></html>`;

/**
 * Serves the page on every path until `stop()`. On `/<key>/<fault>/` a test steers the document: `well`, `hang` (no
 * answer), `reset`, `denied` (X-Frame-Options) or a status. `/<key>/cure` ends its fault, `/<key>/log` tells the
 * requests with that key.
 */
export async function scriptedFrame() {
  const log = new Map();
  const cured = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://scripted");
    const [, key = "", steer = "", rest = ""] = url.pathname.split("/");
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("cache-control", "no-store");
    if (steer === "log") return response.end(JSON.stringify(log.get(key) ?? []));
    if (steer === "cure") return response.end(String(cured.add(key).size));
    if (rest === "favicon.ico") return response.writeHead(204).end();
    log.set(key, [...(log.get(key) ?? []), request.url]);
    const fault = cured.has(key) ? "well" : steer;
    if (fault === "hang") return undefined;
    if (fault === "reset") return request.socket.destroy();
    if (fault === "denied") response.setHeader("x-frame-options", "DENY");
    const status = Number(fault);
    if (status) return response.writeHead(status, { "content-type": "text/html" }).end("<h1>Trouble</h1>");
    return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
