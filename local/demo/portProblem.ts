import { UsageError } from "../command/errors.ts";

/**
 * Turns the error of a port or an address that cannot be used into a usage error. Returns any other
 * error unchanged.
 */
export function portProblem(error: unknown): unknown {
  const { code, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (code === "EADDRINUSE" || code === "EACCES") {
    const why = code === "EADDRINUSE" ? "is taken" : "may not be used by this user";
    return new UsageError(
      `Port ${port} ${why}. Set another port, or set no port to get a free one.`,
    );
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return new UsageError(
      `HOST${address ? ` (${address})` : ""} is not an address of this machine.`,
    );
  }
  return error;
}
