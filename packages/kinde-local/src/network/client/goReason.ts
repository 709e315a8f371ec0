import type { GoUrl } from "../url/parseUrl.ts";
import { canConnect } from "./canConnect.ts";
import { GoFailure } from "./Hop.ts";
import { hostOf, joinHostPort } from "./hostOf.ts";

interface NetworkError {
  code?: string;
  message?: string;
  address?: string;
  port?: number;
}

/**
 * Returns the message of Go's HTTP client for a request without an answer, without method and URL.
 */
export async function goReason(url: GoUrl, error: unknown): Promise<string> {
  if (error instanceof GoFailure) return error.message;
  const cause = deepestCause(error);
  const { name, port } = hostOf(url);
  // Without a name (as in "http://:80/") Go connects to this machine, and prints no address.
  const address = joinHostPort(name && (cause.address ?? name), cause.port ?? port);
  switch (cause.code) {
    case "ECONNREFUSED":
      return `dial tcp ${address}: connect: connection refused`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `dial tcp: lookup ${name}: no such host`;
    case "ECONNRESET":
      if (cause.message === "socket hang up") return "EOF";
      return `read tcp ${address}: read: connection reset by peer`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `dial tcp ${address}: connect: no route to host`;
    case "EADDRNOTAVAIL":
      return `dial tcp ${address}: connect: cannot assign requested address`;
    case "ETIMEDOUT":
    case "UND_ERR_CONNECT_TIMEOUT":
      // Node has one limit for connection and TLS handshake. Go reports which of them was too slow.
      return url.scheme === "https" && (await canConnect(name, Number(port)))
        ? "net/http: TLS handshake timeout"
        : `dial tcp ${address}: i/o timeout`;
    case "UND_ERR_SOCKET":
      return "EOF";
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return "http: server gave HTTP response to HTTPS client";
    default:
      return other(cause);
  }
}

function other({ code = "", message = "" }: NetworkError): string {
  if (/timeout|aborted/i.test(message)) {
    return "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
  }
  if (/SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY)/.test(code)) {
    return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
  }
  if (/CERT|SIGNATURE|TLS|SSL/.test(code)) {
    return `tls: failed to verify certificate: x509: ${message}`;
  }
  return message === "" ? "EOF" : message;
}

function deepestCause(error: unknown): NetworkError {
  let found = (error ?? {}) as NetworkError & { cause?: unknown; errors?: unknown[] };
  for (let depth = 0; depth < 5; depth++) {
    const next = found.errors?.[0] ?? found.cause;
    if (typeof next !== "object" || next === null) break;
    found = next as typeof found;
  }
  return found;
}
