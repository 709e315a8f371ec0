import { fromBytes } from "../url/bytes.ts";
import { goQuote } from "../url/goQuote.ts";
import { GoFailure, type Hop } from "./Hop.ts";

/** @throws {GoFailure} for a request that Go's transport does not send */
export function refuseHop({ url, headers }: Hop): void {
  if (url.scheme !== "http" && url.scheme !== "https") {
    throw new GoFailure(`unsupported protocol scheme ${goQuote(fromBytes(url.scheme))}`);
  }
  for (const [name, value] of headers) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
      throw new GoFailure(`net/http: invalid header field name ${goQuote(name)}`);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Go refuses exactly these
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) {
      throw new GoFailure(`net/http: invalid header field value for ${goQuote(canonical(name))}`);
    }
  }
  if (url.host === "") throw new GoFailure("http: no Host in request URL");
}

/** Writes "x-key" as "X-Key". */
function canonical(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
