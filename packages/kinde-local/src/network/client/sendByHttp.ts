import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { requestTarget } from "../url/printUrl.ts";
import { GoFailure, type Hop, type Reply } from "./Hop.ts";
import { hostHeader, hostOf, isUnresolvable } from "./hostOf.ts";
import { wireHeaders } from "./wireHeaders.ts";

/** How long Go's default transport waits for a TLS handshake. */
const TLS_HANDSHAKE_MS = 10_000;

/**
 * Sends a request unchanged, over a new connection: any port, any character, any dots in the path.
 */
export async function sendByHttp(hop: Hop, signal: AbortSignal): Promise<Reply> {
  // Loaded here, because most commands never send a request.
  const { request } =
    hop.url.scheme === "https" ? await import("node:https") : await import("node:http");
  const socket = await dial(hop, signal);
  const headers = { ...wireHeaders(hop), host: hostHeader(hop.url) };
  const body = hop.body === null ? undefined : Buffer.from(hop.body);
  const options: RequestOptions = {
    method: hop.method,
    headers: body ? { ...headers, "content-length": body.length } : headers,
    createConnection: () => socket,
    signal,
  };
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(options, resolve).on("error", reject);
    writeTarget(sent, requestTarget(hop.url));
    sent.end(body);
  });
  return {
    status: message.statusCode ?? 0,
    headers: headersOf(message),
    text: () => textOf(message),
  };
}

/**
 * Node refuses a path with a space, both in the options and (from version 24) in an assignment to
 * `request.path`. It does not check a property that is defined in this way, and sends its value.
 */
function writeTarget(request: ClientRequest, target: string): void {
  Object.defineProperty(request, "path", { value: target });
}

async function dial({ url }: Hop, signal: AbortSignal): Promise<Socket> {
  const { name, port } = hostOf(url);
  if (Number(port) > 65_535) throw new GoFailure(`dial tcp: address ${port}: invalid port`);
  if (isUnresolvable(name)) throw new GoFailure(`dial tcp: lookup ${name}: no such host`);
  const socket = connect({ host: name, port: Number(port), autoSelectFamily: true, signal });
  await event(socket, "connect");
  return url.scheme === "https" ? await secure(socket, name) : socket;
}

async function secure(socket: Socket, name: string): Promise<Socket> {
  const tls = await import("node:tls");
  const secured = tls.connect({
    socket,
    ALPNProtocols: ["http/1.1"],
    ...(isIP(name) === 0 ? { servername: name } : { host: name }),
  });
  const slow = setTimeout(
    () => secured.destroy(new GoFailure("net/http: TLS handshake timeout")),
    TLS_HANDSHAKE_MS,
  );
  await event(secured, "secureConnect").finally(() => clearTimeout(slow));
  return secured;
}

function event(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject).once(name, () => {
      socket.off("error", reject);
      resolve();
    });
  });
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  }
  return headers;
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (message.headers["content-encoding"] !== "gzip" || body.length === 0) {
    return body.toString("utf8");
  }
  const { gunzipSync } = await import("node:zlib");
  return gunzipSync(body).toString("utf8");
}
