import { readReturnTo } from "./returnTo.ts";

/**
 * The pause before another silent sign-in, if the last one did not help. Without a pause the
 * browser would be redirected for ever.
 */
const AGAIN_AFTER_MS = 60_000;
const KEY = "silent_sign_in";

/** Remembers in this tab that a silent sign-in begins, and which page to open after it. */
export function noteSilentSignIn(returnTo: string): void {
  sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), returnTo }));
}

/** Whether a silent sign-in was tried a moment ago. */
export function wasSilentJustTried(now: number = Date.now()): boolean {
  const { at } = read();
  return at !== undefined && now - at < AGAIN_AFTER_MS;
}

/** The page to open after the last silent sign-in. */
export function silentReturnTo(): string {
  return readReturnTo(read().returnTo);
}

function read(): { at?: number; returnTo?: string } {
  try {
    return Object(JSON.parse(sessionStorage.getItem(KEY) ?? "{}")) as object;
  } catch {
    return {};
  }
}
