import type { GoUrl } from "./parseUrl.ts";

/** Resolves a redirect's Location against the URL that returned it (RFC 3986, 5.2.2). */
export function resolveUrl(base: GoUrl, ref: GoUrl): GoUrl {
  const url = { ...ref, scheme: ref.scheme === "" ? base.scheme : ref.scheme };
  if (ref.scheme !== "" || ref.host !== "" || ref.user) {
    return { ...url, path: resolvePath("", ref.path) };
  }
  if (ref.path === "" && ref.query === null) {
    url.query = base.query;
    if (ref.fragment === "") url.fragment = base.fragment;
  }
  if (ref.path === "" && base.opaque !== "") return { ...url, opaque: base.opaque };
  return {
    ...url,
    host: base.host,
    user: base.user,
    path: resolvePath(base.path, ref.path),
  };
}

function resolvePath(base: string, ref: string): string {
  const full =
    ref === "" ? base : ref.startsWith("/") ? ref : base.slice(0, base.lastIndexOf("/") + 1) + ref;
  if (full === "") return "";
  const parts = full.split("/");
  // The leading slash is written below.
  if (parts[0] === "") parts.shift();
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "..") kept.pop();
    else if (part !== ".") kept.push(part);
  }
  const last = parts.at(-1);
  if (last === "." || last === "..") kept.push("");
  return `/${kept.join("/")}`;
}
