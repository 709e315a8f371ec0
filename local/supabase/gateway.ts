import { Agent, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { close, LOOPBACK, listen } from "../http/listen.ts";
import { MISDIRECTED, refuseForeignHost } from "../http/ownHost.ts";
import type { JudgeKeys } from "./apiKeys.ts";
import { portRefused } from "./ports.ts";
import { answer, answerBadUpstream, forward } from "./proxy.ts";

const PREFIX = "/rest/v1";
const IS_ROUTE = /^\/rest\/v1(?:[/?]|$)/;
const NO_ROUTE = { message: "no Route matched with those values" };
const FUNCTION_PREFIX = "/functions/v1";
const IS_FUNCTION_ROUTE = /^\/functions\/v1\/([\w-]+)(?=[/?]|$)/;
/** The answer of hosted Supabase. */
const NO_FUNCTION = { code: "NOT_FOUND", message: "Requested function was not found" };

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the API gateway in front of PostgREST and the edge functions. It calls `upstreamPort` for
 * each request; undefined means that PostgREST does not run. `functionPort` does the same for a
 * function. If the given `port` is taken, that is an error. Without `port`, it uses a free one.
 */
export async function startGateway(options: {
  port: number | undefined;
  judge: JudgeKeys;
  upstreamPort: () => number | undefined;
  functionPort: (name: string) => number | undefined;
}): Promise<Gateway> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => answerBadUpstream(outgoing));
  });
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const refused = refuseForeignHost(incoming);
    if (refused) return answer(outgoing, MISDIRECTED, { message: refused });
    const target = incoming.url ?? "/";
    const [, functionName] = IS_FUNCTION_ROUTE.exec(target) ?? [];
    if (functionName !== undefined) return callFunction(functionName, incoming, outgoing);
    if (!IS_ROUTE.test(target)) return answer(outgoing, 404, NO_ROUTE);
    const { path, apikey } = upstreamPath(target);
    let authorization: string | undefined;
    if (!isPreflight(incoming)) {
      const verdict = await options.judge(
        incoming.headers,
        single(incoming.headers.apikey) ?? apikey,
      );
      if ("refuse" in verdict) return answer(outgoing, verdict.refuse.status, verdict.refuse.body);
      authorization = verdict.authorization;
    }
    const port = options.upstreamPort();
    if (port === undefined) return answerBadUpstream(outgoing);
    forward(incoming, outgoing, { host: LOOPBACK, port, path, authorization, agent });
  };
  /** Does not check the keys: the functions have `verify_jwt = false` and check their callers. */
  const callFunction = (name: string, incoming: IncomingMessage, outgoing: ServerResponse) => {
    const port = options.functionPort(name);
    if (port === undefined) return answer(outgoing, 404, NO_FUNCTION);
    const path = (incoming.url ?? "/").slice(FUNCTION_PREFIX.length);
    const { authorization } = incoming.headers;
    forward(incoming, outgoing, { host: LOOPBACK, port, path, authorization, agent });
  };
  const port = await listen(server, options.port).catch((error: NodeJS.ErrnoException) => {
    throw portRefused("gateway", options.port ?? 0, error);
  });
  return {
    url: `http://${LOOPBACK}:${port}`,
    stop: async () => {
      agent.destroy();
      await close(server);
    },
  };
}

/** The path for PostgREST: the client's path, unchanged but for the prefix and `apikey`. */
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

/** A browser sends a preflight request first, without a key. */
function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
