import type { FetchRequest } from "../../realm/protocol/messages.ts";
import { toBytes } from "../url/bytes.ts";
import { goQuote } from "../url/goQuote.ts";
import { parseUrl } from "../url/parseUrl.ts";
import { GoFailure, type Hop } from "./Hop.ts";

/** Headers that Go's client always writes itself. */
const WRITTEN_BY_CLIENT = ["host", "content-length", "transfer-encoding", "trailer"];

/**
 * Makes the first request from the arguments of `kinde.fetch`.
 *
 * @throws {UrlSyntaxError | GoFailure} with Go's whole message, for a URL or a method that Go
 * refuses
 */
export function firstHop(request: FetchRequest): Hop {
  const { method } = request;
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) {
    throw new GoFailure(`net/http: invalid method ${goQuote(method)}`);
  }
  const url = parseUrl(request.url);
  url.host = url.host.replace(/:$/, "");
  const headers = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of WRITTEN_BY_CLIENT) headers.delete(name);
  const { body } = request;
  // Kinde's own API helper passes its query as the body of a GET, so it is moved into the URL.
  if (body !== null && (method === "GET" || method === "HEAD")) {
    if (body !== "") url.query = (url.query === null ? "" : `${url.query}&`) + toBytes(body);
    return { method, url, headers, body: null };
  }
  if (body !== null && request.form && !headers.has("content-type")) {
    headers.set("content-type", "application/x-www-form-urlencoded");
  }
  return { method, url, headers, body };
}
