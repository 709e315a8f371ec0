import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";

const TIME_LIMIT_MS = 10_000;

/** What came of connecting to a host. */
export type Connection =
  /** `validTo` is missing for plain http. */
  | { readonly isOpen: true; readonly validTo?: Date; readonly protocol?: string }
  /** `code` is Node's or OpenSSL's, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  | { readonly isOpen: false; readonly code: string };

/** Connects to the host of a URL, with TLS for https, and closes the connection. */
export async function connect(url: string): Promise<Connection> {
  const { hostname, port, protocol } = new URL(url);
  const isPlain = protocol === "http:";
  const host = hostname.replace(/^\[|\]$/g, "");
  const address = { host, port: Number(port || (isPlain ? 80 : 443)) };
  const socket = isPlain ? connectPlain(address) : connectTls({ ...address, servername: host });
  try {
    await opened(socket, isPlain ? "connect" : "secureConnect");
    if (isPlain) return { isOpen: true };
    const { valid_to } = (socket as TLSSocket).getPeerCertificate();
    const version = (socket as TLSSocket).getProtocol() ?? "TLS";
    return { isOpen: true, validTo: new Date(valid_to), protocol: version };
  } catch (error) {
    return { isOpen: false, code: (error as NodeJS.ErrnoException).code ?? String(error) };
  } finally {
    socket.destroy();
  }
}

function opened(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.setTimeout(TIME_LIMIT_MS, () =>
      reject(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })),
    );
    socket.once(event, resolve).once("error", reject);
  });
}
