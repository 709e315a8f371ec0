import { fix, type GoUrl, isDefaultPort, plainHost } from "./goUrl.ts";

/**
 * An invalid host leaves the URL unchanged. If it cannot be written in Punycode, this also throws.
 */
export function setHost(url: GoUrl, host: string, toAscii: (host: string) => string): void {
  if (!/^[^\s/?#@"<>\\^`{|}]+$/.test(host)) return;
  Object.assign(url, fix({ ...url, host }, toAscii));
}

/**
 * Sets the port to the leading digits of the value. A value without any leading digits removes the
 * port if it is empty or has digits later. A port above 65535 is ignored.
 */
export function setPort(url: GoUrl, value: string): void {
  if (url.scheme === "file") return;
  const digits = /^\d+/.exec(value)?.[0];
  if (digits === undefined) {
    if (value === "" || /\d/.test(value)) url.host = plainHost(url);
    return;
  }
  if (Number(digits) > 65_535) return;
  const number = `${Number(digits)}`;
  url.host = plainHost(url) + (isDefaultPort(url.scheme, number) ? "" : `:${number}`);
}
