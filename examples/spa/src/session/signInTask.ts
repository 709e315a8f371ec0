import type { ProfileClaims } from "../claims/profileClaims.ts";
import type { Notice } from "./notice.ts";
import { readReturnTo } from "./returnTo.ts";

/** What to do when Kinde sends the browser back. It is stored in the `state` of the sign-in. */
export interface SignInTask {
  readonly returnTo: string;
  /**
   * For a silent sign-in: when the app began to fetch fresh claims, which claims are expected, and
   * which notice the next page shows.
   */
  readonly silent?: {
    readonly at: number;
    readonly expected: ProfileClaims;
    readonly notice?: Notice["kind"];
  };
}

/**
 * Packs a task into the `state` of a sign-in. The SDK compares the whole state with the one that it
 * stored in this browser, but adds no random value. Without a random value, everybody could guess
 * the state.
 */
export function packTask(task: SignInTask): Record<string, string> {
  return { task: JSON.stringify(task), random: crypto.randomUUID() };
}

/** Reads the task from a state that the SDK has compared with the stored one. */
export function unpackTask(state: Readonly<Record<string, unknown>>): SignInTask {
  try {
    const task = JSON.parse(String(state.task)) as SignInTask;
    return { ...task, returnTo: readReturnTo(task.returnTo) };
  } catch {
    return { returnTo: "/" };
  }
}
