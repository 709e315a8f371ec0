/**
 * Shortens user ids in kinde-local's own lines: a reader can distinguish two ids, but cannot use
 * them.
 */
export function maskIds(text: string): string {
  return text.replace(/\b(kp(?:_|:|%3A))[0-9A-Za-z]{6,}?([0-9A-Za-z]{4})\b/gi, "$1…$2");
}
