/** The cookies of a request. A value that cannot be decoded is as it came. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    const name = at < 0 ? "" : pair.slice(0, at).trim();
    // The first wins, as browsers send the one with the longest path first.
    if (name && !cookies.has(name)) {
      cookies.set(name, decode(pair.slice(at + 1).trim()));
    }
  }
  return cookies;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
