import { lookup } from "node:dns/promises";
import { type Examination, failed, ok } from "../check.ts";

/**
 * Looks up the host of a URL as the operating system does.
 *
 * @param setting the name of the setting that holds the URL
 */
export async function findHost(url: string, setting: string): Promise<Examination> {
  const { hostname } = new URL(url);
  try {
    const addresses = await lookup(hostname, { all: true });
    return ok(`${hostname} has ${addresses.length === 1 ? "an address" : "addresses"}`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isUnknown = code === "ENOTFOUND" || code === "ENODATA";
    return isUnknown
      ? failed(`there is no host ${hostname}`, `Correct ${setting}, or mend the host's DNS entry.`)
      : failed(
          `the name ${hostname} could not be looked up (${code})`,
          "Check this machine's network, then run the command again.",
        );
  }
}
