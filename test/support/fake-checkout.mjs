// A checkout that sends only what a test makes it send, on an origin of its own; its documents can fail too. Tests
// drive it through test/support/fake-checkout.ts. `localhost` and `127.0.0.1` are two origins for the same server.
import { createServer } from "node:http";

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Fake checkout</title><script>
const merchant = window.opener ?? window.parent;
const report = (fields) => merchant.postMessage({ fake: window.opener ? "window" : "frame", ...fields }, "*");
addEventListener("message", ({ data, origin }) => {
  if (data?.send) for (const message of data.send) merchant.postMessage(message, "*");
  else report({ received: data, origin });
});
report({ opened: location.href });
if (merchant === window) close(); // cut off from its opener, which cannot close it any more
</script></html>`;

/**
 * Serves the page on every path until `stop()`. On `/<key>/<fault>/` a test chooses how the document fails: `none`,
 * `hang` (no answer), `reset`, `denied` (X-Frame-Options) or a status. `/<key>/recover` ends the fault, `/<key>/log`
 * lists the requests with that key.
 */
export async function fakeCheckout() {
  const log = new Map();
  const recovered = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    const [, key = "", wanted = "", rest = ""] = url.pathname.split("/");
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("cache-control", "no-store");
    if (wanted === "log") return response.end(JSON.stringify(log.get(key) ?? []));
    if (wanted === "recover") return response.end(String(recovered.add(key).size));
    if (rest === "favicon.ico") return response.writeHead(204).end();
    log.set(key, [...(log.get(key) ?? []), request.url]);
    const fault = recovered.has(key) ? "none" : wanted;
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
