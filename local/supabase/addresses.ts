import { join } from "node:path";
import { LOOPBACK } from "../http/listen.ts";

/**
 * The longest path of a socket that every system accepts: 104 bytes on a Mac, with the final zero.
 */
const LONGEST_PATH = 103;

/** Where PostgreSQL listens. */
export interface PostgresAddress {
  port: number;
  /** The folder of its Unix socket. Undefined if there is only the port. */
  socketFolder: string | undefined;
}

/** Whether PostgreSQL can have its socket in the folder. */
export function canHoldSocket(folder: string): boolean {
  return process.platform !== "win32" && join(folder, ".s.PGSQL.65535").length <= LONGEST_PATH;
}

/**
 * The connection string through the port. If it becomes an argument of a program, leave out
 * `password`: every user of the machine can read arguments.
 */
export function portUrl({ port }: PostgresAddress, role: string, password?: string): string {
  return `postgresql://${credentials(role, password)}@${LOOPBACK}:${port}/postgres`;
}

/**
 * The connection string for the programs of this stack. It uses the socket if there is one, in a
 * folder that no other user can enter. So another user can neither connect nor listen in the
 * server's place. Without a socket, it uses the port, which does not have this protection.
 */
export function socketUrl(address: PostgresAddress, role: string, password: string): string {
  const { port, socketFolder } = address;
  if (socketFolder === undefined) return portUrl(address, role, password);
  const host = encodeURIComponent(socketFolder);
  return `postgresql://${credentials(role, password)}@localhost/postgres?host=${host}&port=${port}`;
}

function credentials(role: string, password: string | undefined): string {
  return password === undefined ? role : `${role}:${password}`;
}
