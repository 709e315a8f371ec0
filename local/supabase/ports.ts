import { connect, createServer } from "node:net";
import { close, LOOPBACK, listen } from "../http/listen.ts";
import { LocalStackError, type StackPart } from "./errors.ts";

/**
 * Returns `wanted` if it is free. Without `wanted`, it returns any free port. Another program may
 * take the port before the caller does, so the caller has to handle that.
 */
export async function freePort(part: StackPart, wanted = 0): Promise<number> {
  const probe = createServer();
  try {
    return await listen(probe, wanted);
  } catch (error) {
    throw portRefused(part, wanted, error as NodeJS.ErrnoException);
  } finally {
    await close(probe);
  }
}

/** Creates the error that says in one sentence why a server could not listen on `port`. */
export function portRefused(
  part: StackPart,
  port: number,
  error: { code?: string | undefined; message?: string },
): LocalStackError {
  const reason =
    error.code === "EADDRINUSE"
      ? "is already in use"
      : error.code === "EACCES"
        ? "may not be used by this user"
        : `could not be opened (${error.code ?? error.message})`;
  return new LocalStackError(
    part,
    `port ${port} on ${LOOPBACK} ${reason}. Name another port, or leave the port out to get a free one.`,
    { cause: error },
  );
}

/** Whether something listens on the port. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK, port, timeout: 1000 });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
    socket.once("timeout", () => answer(false));
  });
}
