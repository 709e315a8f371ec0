import { type Agent, type IncomingMessage, request, type ServerResponse } from "node:http";

const UPSTREAM_LIMIT_MS = 60_000;
const BAD_UPSTREAM = { message: "An invalid response was received from the upstream server" };

// Headers that belong to one connection, not to the request; and the keys, which end here.
const NOT_PASSED_ON = [
  ...["connection", "keep-alive", "transfer-encoding", "upgrade", "expect", "host"],
  ...["apikey", "authorization"],
];

/** Where a request goes on to, and as whom. */
export interface Upstream {
  host: string;
  port: number;
  path: string;
  authorization: string | undefined;
  agent: Agent;
}

/** Sends the request on and its answer back, as they come: neither is held in memory. */
export function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { authorization, ...upstream }: Upstream,
): void {
  const { method } = incoming;
  const bodiless = method === "GET" || method === "HEAD";
  const headers = withoutHopByHop(incoming.headers);
  // PostgREST would wait for a body of that length. It ignores the body of a GET, so none is sent on.
  if (bodiless) delete headers["content-length"];
  // Node frames no body of a DELETE or an OPTIONS by itself: PostgREST would read the body as the next
  // request, which came past the gateway's check of keys.
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
    // A kept connection may have been closed by PostgREST just now: that says nothing about it.
    if (bodiless && outward.reusedSocket && error.code === "ECONNRESET" && !outgoing.headersSent) {
      return forward(incoming, outgoing, { authorization, ...upstream });
    }
    answerBadUpstream(outgoing);
  });
  // A client that leaves takes its request with it, so that the database need not finish it.
  outgoing.once("close", () => outward.destroy());
  if (bodiless) {
    incoming.resume();
    outward.end();
  } else {
    incoming.pipe(outward);
  }
}

/** What hosted Supabase's gateway says when there is no PostgREST behind it. */
export function answerBadUpstream(outgoing: ServerResponse): void {
  answer(outgoing, 502, BAD_UPSTREAM);
}

/** Answers in the gateway's own name; after the first byte of another answer it can only hang up. */
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
