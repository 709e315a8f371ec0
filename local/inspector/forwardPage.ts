import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { allowOwnFiles } from "./contentSecurityPolicy.ts";

/** What the inspector adds to each page. */
const SCRIPT = '<script type="module" src="/__inspector/inspector.js"></script>';

/** A request of the browser on its way to the app. */
export interface Forwarding {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The app's port on this machine. */
  readonly port: number;
  /** Cookies of the inspector for the browser. */
  readonly cookies: readonly string[];
}

/** Sends a request on to the app, and its answer back. Pages get the inspector's script. */
export function forwardPage({ incoming, outgoing, port, cookies }: Forwarding): void {
  const headers = { ...incoming.headers };
  // A compressed page could not be changed.
  delete headers["accept-encoding"];
  const outward = request({
    host: "localhost",
    port,
    method: incoming.method,
    path: incoming.url,
    headers,
  });
  outward.once("response", (response) => {
    const answerHeaders = withCookies(response.headers, cookies);
    const isPage = response.headers["content-type"]?.startsWith("text/html") === true;
    response.once("error", () => outgoing.destroy());
    if (!isPage || incoming.method === "HEAD") {
      outgoing.writeHead(response.statusCode ?? 502, answerHeaders);
      response.pipe(outgoing);
      return;
    }
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.once("end", () => {
      const page = addScript(Buffer.concat(chunks).toString("utf8"));
      outgoing.writeHead(response.statusCode ?? 502, pageHeaders(answerHeaders, page));
      outgoing.end(page);
    });
  });
  outward.once("error", () => answerAppIsAway(outgoing));
  outgoing.once("close", () => outward.destroy());
  incoming.pipe(outward);
}

type Headers = Record<string, string | string[] | undefined>;

function withCookies(headers: IncomingMessage["headers"], cookies: readonly string[]): Headers {
  const { connection: _, "keep-alive": __, "transfer-encoding": ___, ...kept } = headers;
  return cookies.length === 0
    ? kept
    : { ...kept, "set-cookie": [...(headers["set-cookie"] ?? []), ...cookies] };
}

function pageHeaders(headers: Headers, page: string): Headers {
  const policy = headers["content-security-policy"];
  const { etag: _, ...kept } = headers;
  return {
    ...kept,
    "content-length": String(Buffer.byteLength(page)),
    ...(typeof policy === "string" && { "content-security-policy": allowOwnFiles(policy) }),
  };
}

/** In the head, so that it is there before the app's own scripts change the body. */
function addScript(page: string): string {
  return /<head\b[^>]*>/i.test(page)
    ? page.replace(/<head\b[^>]*>/i, (head) => head + SCRIPT)
    : page + SCRIPT;
}

function answerAppIsAway(outgoing: ServerResponse): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(502, { "content-type": "text/plain; charset=utf-8" });
  outgoing.end("The app does not answer. Its output is in the terminal.\n");
}
