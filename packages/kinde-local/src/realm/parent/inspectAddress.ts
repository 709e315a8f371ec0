import { KindeError } from "../../errors.ts";

export interface InspectAddress {
  host: string;
  port: number;
}

const ADDRESS = /^(?:([\w.-]+|\[[\da-fA-F:.%]+\]):)?(\d{1,5})$/;

/**
 * Where a debugger will attach, out of `host:port` or a port alone (port 0: any that is free).
 *
 * @throws {KindeError} BAD_OPTION for anything else.
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
