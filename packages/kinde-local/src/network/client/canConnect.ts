import { connect } from "node:net";

const LIMIT_MS = 1_000;

/**
 * Whether a host accepts connections. This distinguishes a slow TLS handshake from a host that
 * cannot be reached.
 */
export function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: LIMIT_MS });
    const end = (isOpen: boolean) => (): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}
