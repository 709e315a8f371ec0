import { connect, createServer, type Socket } from "node:net";
import { close, LOOPBACK, listen } from "../../local/http/listen.ts";

/** The network traffic for one token. */
export interface WireCost {
  requests: number;
  bytesSent: number;
  bytesReceived: number;
}

/**
 * A TCP proxy in front of `target` that counts requests and bytes. It rewrites the Host header,
 * because the target refuses requests for another host.
 */
export async function countingProxy(target: string) {
  const { host, hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const count = { requests: 0, bytesSent: 0, bytesReceived: 0 };
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    }
    client.on("data", (chunk: Buffer) => {
      count.bytesSent += chunk.length;
      // The measured requests have no body, so the protocol's name appears once in each.
      const text = chunk.toString("latin1");
      count.requests += text.split(" HTTP/1.1\r\n").length - 1;
      upstream.write(text.replace(/(\r\nhost: ).*/gi, `$1${host}`), "latin1");
    });
    client.once("end", () => upstream.end());
    upstream.on("data", (chunk: Buffer) => {
      count.bytesReceived += chunk.length;
    });
    upstream.pipe(client);
  });
  const url = `http://${LOOPBACK}:${await listen(server)}`;
  return {
    url,
    /** Counts what `work` sends and receives, as the average of `times` repetitions. */
    async measure(times: number, work: () => Promise<unknown>): Promise<WireCost> {
      await work();
      Object.assign(count, { requests: 0, bytesSent: 0, bytesReceived: 0 });
      for (let i = 0; i < times; i += 1) await work();
      return {
        requests: count.requests / times,
        bytesSent: Math.round(count.bytesSent / times),
        bytesReceived: Math.round(count.bytesReceived / times),
      };
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await close(server);
    },
  };
}
