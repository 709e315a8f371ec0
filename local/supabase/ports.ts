import { connect, createServer } from "node:net";
import { close, LOOPBACK, listen } from "../http/listen.ts";
import { LocalStackError, type StackPart } from "./errors.ts";

/**
 * Gives `wanted` if it is free, or any free port when none is wanted.
 * The port is free at this moment only: whoever uses it has to be ready to lose the race.
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

/** Says in one sentence why `port` could not be listened on. */
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
