const UNLESS_TOLD = 10;

/**
 * How long an answer with status 429 asks the client to wait. Kinde sends `RateLimit-Reset` in
 * seconds, Supabase `X-RateLimit-Reset` in milliseconds, and proxies send `Retry-After`.
 */
export function secondsToWait(headers: Headers): number {
  const seconds =
    read(headers, "retry-after") ??
    read(headers, "ratelimit-reset") ??
    read(headers, "x-ratelimit-reset", 1000) ??
    UNLESS_TOLD;
  return Math.ceil(seconds);
}

function read(headers: Headers, name: string, perSecond = 1): number | undefined {
  const text = headers.get(name);
  const value = Number(text);
  return text === null || !Number.isFinite(value) || value < 0 ? undefined : value / perSecond;
}
