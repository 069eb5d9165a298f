// A shopper's connection: every segment is delayed, and no faster than the line.
import { connect, createServer } from "node:net";

/** Passes TCP on to `port`, `delay` ms later in each direction, at `rate` bytes a second. */
export function slowProxy(port, { delay, rate }) {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    carry(near, far, delay, rate);
    carry(far, near, delay, rate);
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () =>
      resolve({ port: server.address().port, close: () => server.close() }),
    ),
  );
}

function carry(from, to, delay, rate) {
  let free = 0;
  // Timers of one millisecond may fire in any order; bytes may not.
  const queue = [];
  const later = (bytes, run) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes / rate) * 1000;
    queue.push(run);
    setTimeout(() => queue.shift()(), free - now + delay);
  };
  from.on("data", (data) => {
    for (let at = 0; at < data.length; at += 1460) {
      const segment = data.subarray(at, at + 1460);
      later(segment.length, () => to.writable && to.write(segment));
    }
  });
  from.on("end", () => later(0, () => to.end()));
  for (const event of ["error", "close"]) from.on(event, () => setTimeout(() => to.destroy(), delay * 4));
}
