import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";

/**
 * Wraps a session so that the SDK cannot end it. The SDK deletes all tokens when Kinde answers with
 * any error, even a temporary one, such as a rate limit.
 *
 * @param given items that the SDK reads instead of those in the session
 */
export function observeRefusal(session: SessionManager, given: Record<string, string> = {}) {
  let isRefused = false;
  const wrapped: SessionManager = {
    getSessionItem: async (key) => given[key] ?? session.getSessionItem(key),
    setSessionItem: (key, value) => session.setSessionItem(key, value),
    removeSessionItem: async (key) => {
      if (!(key in given)) await session.removeSessionItem(key);
    },
    destroySession: async () => {
      isRefused = true;
    },
  };
  return {
    session: wrapped,
    /** Whether Kinde answered, and the answer was an error. */
    isRefused: () => isRefused,
  };
}
