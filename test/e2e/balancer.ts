import { createServer, request, type Server } from "node:http";

/** A proxy in front of several processes: each request goes to the next one, with its original address. */
export function createBalancer(targets: readonly URL[]): Server {
  let turn = 0;
  return createServer((incoming, outgoing) => {
    const target = targets[turn++ % targets.length];
    if (!target) return void outgoing.writeHead(503).end();
    const { method, url, headers } = incoming;
    const forwarded = request(
      { host: "127.0.0.1", port: target.port, method, path: url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on("error", () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
}
