import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { JudgeKeys } from "./apiKeys.ts";
import { LOOPBACK, portRefused } from "./ports.ts";

const PREFIX = "/rest/v1";
const UPSTREAM_LIMIT_MS = 60_000;

// Headers that belong to one connection, not to the request; and the key, which ends here.
const NOT_PASSED_ON = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "host",
  "apikey",
];

const NO_ROUTE = { message: "no Route matched with those values" };
const BAD_UPSTREAM = { message: "An invalid response was received from the upstream server" };

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The API gateway in front of PostgREST. `upstreamPort` is asked for each request; undefined means
 * that PostgREST is not there. A given `port` that is taken is an error, no port means a free one.
 */
export async function startGateway(options: {
  port: number | undefined;
  judge: JudgeKeys;
  upstreamPort: () => number | undefined;
}): Promise<Gateway> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => answer(outgoing, 502, BAD_UPSTREAM));
  });
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? "/", "http://gateway");
    if (url.pathname !== PREFIX && !url.pathname.startsWith(`${PREFIX}/`)) {
      return answer(outgoing, 404, NO_ROUTE);
    }
    const { path, apikey } = upstreamPath(incoming.url ?? "/");
    const headers = passedOn(incoming);
    if (!isPreflight(incoming)) {
      const verdict = await options.judge(
        incoming.headers,
        single(incoming.headers.apikey) ?? apikey,
      );
      if ("refuse" in verdict) return answer(outgoing, verdict.refuse.status, verdict.refuse.body);
      if (verdict.authorization) headers.authorization = verdict.authorization;
    }
    const port = options.upstreamPort();
    if (port === undefined) return answer(outgoing, 502, BAD_UPSTREAM);
    forward(incoming, outgoing, { host: LOOPBACK, port, path, headers, agent });
  };
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://${LOOPBACK}:${port}`,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Upstream {
  host: string;
  port: number;
  path: string;
  headers: Record<string, string | string[]>;
  agent: Agent;
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, upstream: Upstream): void {
  const { method } = incoming;
  const outward = request({ ...upstream, method, timeout: UPSTREAM_LIMIT_MS });
  outward.once("response", (response) => {
    outgoing.writeHead(response.statusCode ?? 502, withoutHopByHop(response.headers));
    response.once("error", () => outgoing.destroy());
    response.pipe(outgoing);
  });
  outward.once("timeout", () => outward.destroy());
  outward.once("error", (error: NodeJS.ErrnoException) => {
    // A kept connection may have been closed by PostgREST just now: that says nothing about it.
    const harmless = method === "GET" || method === "HEAD";
    if (outward.reusedSocket && error.code === "ECONNRESET" && harmless && !outgoing.headersSent) {
      return forward(incoming, outgoing, upstream);
    }
    answer(outgoing, 502, BAD_UPSTREAM);
  });
  // A client that leaves takes its request with it, so that the database need not finish it.
  outgoing.once("close", () => outward.destroy());
  incoming.pipe(outward);
}

/** The path as PostgREST is asked, byte for byte the client's, without prefix and `apikey`. */
function upstreamPath(url: string): { path: string; apikey: string | undefined } {
  const [pathname = "/", ...rest] = url.split("?");
  let apikey: string | undefined;
  const query = rest
    .join("?")
    .split("&")
    .filter((pair) => {
      if (!pair.startsWith("apikey=")) return true;
      apikey = pair.slice("apikey=".length);
      return false;
    })
    .join("&");
  const path = pathname.slice(PREFIX.length) || "/";
  return { path: query ? `${path}?${query}` : path, apikey };
}

function passedOn(incoming: IncomingMessage): Record<string, string | string[]> {
  const headers = withoutHopByHop(incoming.headers);
  delete headers.authorization;
  return headers;
}

function withoutHopByHop(headers: IncomingMessage["headers"]): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !NOT_PASSED_ON.includes(name)) kept[name] = value;
  }
  return kept;
}

/** A browser asks before it sends a key, so the question carries none. */
function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

function answer(outgoing: ServerResponse, status: number, body: object): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "access-control-allow-origin": "*",
  });
  outgoing.end(JSON.stringify(body));
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(portRefused("gateway", port, error)));
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
