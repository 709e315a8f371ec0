import { type ReadVariable, readSetting } from "./readSetting.ts";
import { SettingError } from "./SettingError.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1"]);

/**
 * Reads the Kinde domain. Plain http is accepted for this machine only.
 *
 * @throws {SettingError} if it is missing or not an origin
 */
export function readKindeDomain(read: ReadVariable): string {
  const value = readSetting(read, "KINDE_DOMAIN");
  if (URL.canParse(value)) {
    const { protocol, hostname, origin, href } = new URL(value);
    const isSafe = protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
    if (isSafe && href === `${origin}/`) return origin;
  }
  throw new SettingError(
    "KINDE_DOMAIN is not an https origin. Set it to your Kinde domain, such as https://example.kinde.com.",
  );
}
