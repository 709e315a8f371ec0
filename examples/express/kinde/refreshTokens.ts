import type { ACClient, SessionManager } from "@kinde-oss/kinde-typescript-sdk";
import type { Session } from "../web/sessions.ts";
import { sessionManager } from "./sdk.ts";

/** Kinde answered, and said no: the sign-in is over. */
export class RefreshRefused extends Error {
  override name = "RefreshRefused";
}

const TOKENS = ["access_token", "id_token", "refresh_token"];
const LIMIT_MS = 5_000;

/**
 * The SDK's refresh, once at a time for each session: Kinde's refresh tokens are good for one use,
 * and the second of two requests would end the sign-in. Tokens that are still good are kept when Kinde
 * answers with an error; the SDK would throw all away.
 *
 * @throws RefreshRefused; any other error means that Kinde was not reached, or answered oddly
 */
export function refreshTokens(session: Session, sdk: ACClient): Promise<void> {
  if (!session.refreshing) {
    const work = refresh(session, sdk).finally(() => {
      if (session.refreshing === work) session.refreshing = undefined;
    });
    session.refreshing = work;
  }
  // The waiting ends; the refresh goes on and is kept when it comes.
  return Promise.race([session.refreshing, timeout()]);
}

/**
 * Into the Map that the session has now: a sign-in that is finished meanwhile puts another one into
 * the session, and the tokens of this one are nobody's then.
 */
async function refresh({ kinde }: Session, sdk: ACClient): Promise<void> {
  let refused = false;
  const manager: SessionManager = {
    ...sessionManager(kinde),
    // What Kinde has not sent anew stays as it is.
    removeSessionItem: async () => undefined,
    // What the SDK does for an error of Kinde's, and for nothing else. (It does not tell the status:
    // an error 500 with a body as RFC 6749 has it counts as a refusal, too.)
    destroySession: async () => {
      refused = true;
    },
  };
  try {
    await sdk.refreshTokens(manager);
  } catch (error) {
    if (!refused) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RefreshRefused(reason, { cause: error });
  }
}

/** Ends what the tokens were good for; the state of a sign-in that is under way stays. */
export function forgetTokens(items: Map<string, unknown>): void {
  for (const key of TOKENS) items.delete(key);
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error("Kinde did not answer in time")), LIMIT_MS).unref();
  });
}
