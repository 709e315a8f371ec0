import { readReturnTo } from "./returnTo.ts";

/** Without a pause, a silent sign-in that does not help would be tried again and again. */
const AGAIN_AFTER_MS = 60_000;
const KEY = "silent_sign_in";

/** Remembers in this tab that a silent sign-in begins, and where it leads. */
export function noteSilentSignIn(returnTo: string): void {
  sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), returnTo }));
}

/** Whether a silent sign-in was tried a moment ago. */
export function wasSilentJustTried(now: number = Date.now()): boolean {
  const { at } = read();
  return at !== undefined && now - at < AGAIN_AFTER_MS;
}

/** Where the last silent sign-in was to lead. */
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
