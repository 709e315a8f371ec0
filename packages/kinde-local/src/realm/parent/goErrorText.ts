import type { FetchRequest } from "../protocol/messages.ts";

interface NetworkError {
  code?: string;
  message?: string;
  address?: string;
  port?: number;
  hostname?: string;
  syscall?: string;
}

/**
 * What Go's HTTP client says when there was no answer. It begins with the method and the whole URL,
 * query and user id included: workflows that log it as it is leak both, so they must see it here.
 */
export function goErrorText(request: FetchRequest, error: unknown): string {
  const method = request.method.charAt(0) + request.method.slice(1).toLowerCase();
  return `${method} ${JSON.stringify(request.url)}: ${reason(request.url, error)}`;
}

function reason(url: string, error: unknown): string {
  const cause = deepestCause(error);
  const host = hostOf(url);
  if (host === null) return `unsupported protocol scheme ${JSON.stringify(schemeOf(url))}`;
  switch (cause.code) {
    case "ECONNREFUSED":
      return `dial tcp ${address(cause, host)}: connect: connection refused`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `dial tcp: lookup ${cause.hostname ?? host}: no such host`;
    case "ECONNRESET":
      return `read tcp ${address(cause, host)}: read: connection reset by peer`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `dial tcp ${address(cause, host)}: connect: no route to host`;
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
      return `dial tcp ${address(cause, host)}: i/o timeout`;
    case "UND_ERR_SOCKET":
      return "EOF";
    default:
      return other(cause);
  }
}

function other({ code = "", message = "" }: NetworkError): string {
  if (/timeout|aborted/i.test(message)) {
    return "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
  }
  if (/CERT|SIGNATURE|TLS|SSL/.test(code)) {
    return `tls: failed to verify certificate: x509: ${message}`;
  }
  if (/redirect count/.test(message)) return "stopped after 10 redirects";
  return message === "" ? "EOF" : message;
}

function deepestCause(error: unknown): NetworkError {
  let found = error as NetworkError & { cause?: unknown; errors?: unknown[] };
  for (let depth = 0; depth < 5; depth++) {
    const next = found.errors?.[0] ?? found.cause;
    if (typeof next !== "object" || next === null) break;
    found = next as typeof found;
  }
  return found;
}

/** Empty for a relative URL. */
function schemeOf(url: string): string {
  return (/^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? "").toLowerCase();
}

function hostOf(url: string): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return null;
  return parsed.host;
}

function address({ address: ip, port }: NetworkError, host: string): string {
  if (ip === undefined) return host;
  return `${ip.includes(":") ? `[${ip}]` : ip}:${port ?? 443}`;
}
