import { KindeError } from "../../errors.ts";

export interface InspectAddress {
  host: string;
  port: number;
}

const ADDRESS = /^(?:([\w.-]+|\[[\da-fA-F:.%]+\]):)?(\d{1,5})$/;

/**
 * Reads the address for a debugger from `host:port`, or from a port alone (0 means any free port).
 *
 * @throws {KindeError} BAD_OPTION for any other value.
 */
export function inspectAddress(text: string): InspectAddress {
  const [, host = "127.0.0.1", digits] = ADDRESS.exec(text) ?? [];
  const port = Number(digits);
  if (digits !== undefined && port <= 65_535) return { host: host.replace(/^\[|\]$/g, ""), port };
  throw new KindeError(
    "BAD_OPTION",
    `"${text}" is not an address for a debugger. Write host:port with a port up to 65535, such as 127.0.0.1:9229.`,
  );
}
