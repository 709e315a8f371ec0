/**
 * More than Kinde's ids need: they are `kp_` and 32 hex digits, or `kp:…` in older accounts. The
 * column `kinde_id` has the same limit.
 */
const MAX_LENGTH = 128;

/**
 * Whether a user id can be looked up.
 *
 * PostgREST drops a NUL byte and everything after it: for `kp_123%00x` it returned the row of
 * `kp_123`. So control characters are refused here, and also strings for which `encodeURIComponent`
 * throws.
 */
export function isUsableUserId(userId: unknown): userId is string {
  if (typeof userId !== "string" || userId.length === 0 || userId.length > MAX_LENGTH) {
    return false;
  }
  return [...userId].every((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const isLoneSurrogate = code >= 0xd800 && code <= 0xdfff;
    return !isControl && !isLoneSurrogate;
  });
}

/**
 * Masks a user id for the log. The result is enough to find the user, but is never the whole id.
 *
 * @returns for example `kp_…9f3c`; `…` if the id is short or unusual
 */
export function maskUserId(userId: unknown): string {
  if (typeof userId !== "string" || !/^[\w:-]{12,128}$/.test(userId)) {
    return "…";
  }
  const prefix = /^kp[_:]/.exec(userId)?.[0] ?? "";
  return `${prefix}…${userId.slice(-4)}`;
}
