// A reverse proxy as in front of many shops: TLS ends here, and the processes behind see another host and scheme.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { start } from "../hosts/hosts.mjs";

/** A certificate for two days, and the options of a client that trusts it. */
export function certificate(folder, name) {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", cert], {
    stdio: "ignore",
  });
  return { key, cert, ca: readFileSync(cert) };
}

function configuration(folder, port, { key, cert }, upstreams) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
daemon off;
master_process off;
pid ${join(folder, "nginx.pid")};
error_log stderr notice;
events { worker_connections 512; }
http {
  access_log off;
  ${temporary.map((kind) => `${kind}_temp_path ${join(folder, kind)};`).join("\n  ")}
  upstream internal {
    # the harshest case: a dead process keeps getting its share, and nginx does not retry for the caller
    ${upstreams.map((url) => `server ${new URL(url).host} max_fails=0;`).join("\n    ")}
  }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${cert};
    ssl_certificate_key ${key};
    location / {
      proxy_pass http://internal;
      proxy_next_upstream off;
      add_header served-by $upstream_addr always;
    }
  }
}
`;
}

/** A port that was free a moment ago. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts nginx before these servers; gives the port and what ends it. */
export async function startNginx(folder, certified, upstreams) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const file = join(folder, "nginx.conf");
    writeFileSync(file, configuration(folder, port, certified, upstreams));
    try {
      const command = ["nginx", "-p", folder, "-e", "stderr", "-c", file];
      const PATH = `${process.env.PATH}:/usr/sbin`;
      const { stop } = await start(command, folder, { PATH }, /event method/);
      return { port, stop };
    } catch (error) {
      // another program was faster
      if (attempt === 5 || !/Address already in use/.test(error.message)) throw error;
    }
  }
}

/** `fetch` for clients outside: the host name resolves to nginx, whatever its port. Close its agent when done. */
export function outside(ca) {
  const agent = new Agent({ keepAlive: true });
  let port = 0;
  const call = (input, { method = "GET", headers = {}, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const { hostname, host, pathname, search } = new URL(input);
      const options = { host: "127.0.0.1", port, servername: hostname, ca, agent, method, signal };
      const sent = request(
        { ...options, path: pathname + search, headers: { host, ...headers } },
        (answer) => {
          const chunks = [];
          answer.on("data", (chunk) => chunks.push(chunk));
          answer.once("error", reject);
          answer.once("end", () => {
            const given = { status: answer.statusCode, headers: new Headers(answer.headers) };
            resolve(new Response(chunks.length ? Buffer.concat(chunks) : null, given));
          });
        },
      );
      sent.once("error", (cause) => reject(new TypeError("fetch failed", { cause })));
      sent.end(body);
    });
  return { fetch: call, agent, to: (taken) => (port = taken) };
}
