import { createServer, type Socket } from "node:net";

export interface RawRequest {
  /** As it came over the wire, such as "GET /a b HTTP/1.1". */
  line: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
}

export interface RawServer {
  port: number;
  requests: RawRequest[];
  close(): Promise<void>;
}

/**
 * An HTTP server that records each request line unchanged, because Node's own server refuses a
 * blank in a URL. `answer` returns the whole answer, such as "HTTP/1.1 200 OK\r\n…". Bytes that are
 * not HTTP get no answer.
 */
export async function startRawServer(answer: (request: RawRequest) => string): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const request = readRequest(text);
      if (!request) return;
      text = "";
      requests.push(request);
      socket.end(answer(request));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    requests,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Returns null until the whole request has arrived. */
function readRequest(text: string): RawRequest | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [line = "", ...lines] = text.slice(0, end).split("\r\n").map(fromUtf8);
  const headers = Object.fromEntries(
    lines.map((header) => {
      const at = header.indexOf(":");
      return [header.slice(0, at).toLowerCase(), header.slice(at + 1).trim()];
    }),
  );
  const body = text.slice(end + 4);
  if (body.length < Number(headers["content-length"] ?? 0)) return null;
  return { line, headers, body: fromUtf8(body) };
}

function fromUtf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** An answer with a JSON body and further header lines. */
export function jsonAnswer(status: number, body: unknown, headers: string[] = []): string {
  const text = JSON.stringify(body);
  const lines = [`HTTP/1.1 ${status} X`, "content-type: application/json", "connection: close"];
  return [...lines, ...headers, `content-length: ${Buffer.byteLength(text)}`, "", text].join(
    "\r\n",
  );
}
