// A checkout that says only what a test makes it say: one page for every path, on an origin of its own. Tests speak
// with it through test/support/scripted-frame.ts. `localhost` and `127.0.0.1` are two origins for the same server.
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
</script></html>`;

/** Serves the page until `stop()`. */
export async function scriptedFrame() {
  const server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(page);
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
