import { type Agent, type IncomingMessage, request, type ServerResponse } from "node:http";

const UPSTREAM_LIMIT_MS = 60_000;
const BAD_UPSTREAM = { message: "An invalid response was received from the upstream server" };

// Not forwarded: headers that are about the connection only, and the keys.
const NOT_PASSED_ON = [
  ...["connection", "keep-alive", "transfer-encoding", "upgrade", "expect", "host"],
  ...["apikey", "authorization"],
];

/** The target of a forwarded request, and its credentials. */
export interface Upstream {
  host: string;
  port: number;
  path: string;
  authorization: string | undefined;
  agent: Agent;
}

/** Forwards the request and its answer as streams: neither is held in memory. */
export function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { authorization, ...upstream }: Upstream,
): void {
  const { method } = incoming;
  const bodiless = method === "GET" || method === "HEAD";
  const headers = withoutHopByHop(incoming.headers);
  // PostgREST would wait for a body of that length. It ignores the body of a GET, so none is sent
  // on.
  if (bodiless) delete headers["content-length"];
  // For a DELETE or an OPTIONS, Node adds no Transfer-Encoding by itself. Without this header,
  // PostgREST would read the body as the next request, which would bypass the gateway's check of
  // keys.
  else if (incoming.headers["transfer-encoding"]) headers["transfer-encoding"] = "chunked";
  if (authorization) headers.authorization = authorization;
  const outward = request({ ...upstream, method, headers, timeout: UPSTREAM_LIMIT_MS });
  outward.once("response", (response) => {
    outgoing.writeHead(response.statusCode ?? 502, withoutHopByHop(response.headers));
    response.once("error", () => outgoing.destroy());
    response.pipe(outgoing);
  });
  outward.once("timeout", () => outward.destroy(new Error("PostgREST did not answer")));
  outward.once("error", (error: NodeJS.ErrnoException) => {
    // PostgREST may have closed a kept connection just now. That is not a failure of PostgREST.
    if (bodiless && outward.reusedSocket && error.code === "ECONNRESET" && !outgoing.headersSent) {
      return forward(incoming, outgoing, { authorization, ...upstream });
    }
    answerBadUpstream(outgoing);
  });
  // If the client disconnects, its request is ended, so that the database need not finish it.
  outgoing.once("close", () => outward.destroy());
  if (bodiless) {
    incoming.resume();
    outward.end();
  } else {
    incoming.pipe(outward);
  }
}

/** The answer of hosted Supabase's gateway if PostgREST is down. */
export function answerBadUpstream(outgoing: ServerResponse): void {
  answer(outgoing, 502, BAD_UPSTREAM);
}

/**
 * Answers with an error of the gateway. If a part of PostgREST's answer was already sent, it closes
 * the connection.
 */
export function answer(outgoing: ServerResponse, status: number, body: object): void {
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

function withoutHopByHop(headers: IncomingMessage["headers"]): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !NOT_PASSED_ON.includes(name)) kept[name] = value;
  }
  return kept;
}
