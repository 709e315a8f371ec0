import type { Kinde, Run } from "kinde-local";
import type { CustomClaims } from "./grants.ts";

/** The facts for the event of the trigger `user:tokens_generation`. */
export interface TokenGeneration {
  readonly origin: "authorization_request" | "refresh_token_request";
  readonly kindeDomain: string;
  readonly userId: string;
  readonly identityId: string;
  readonly clientId: string;
  readonly orgCode: string | null;
  readonly audience: readonly string[];
  readonly isExistingSession: boolean;
  readonly ip: string;
  readonly userAgent: string;
}

/** The custom claims, or why no token may be issued. */
export type TokenDecision =
  | { readonly issued: true; readonly claims: CustomClaims }
  | { readonly issued: false; readonly reason: string };

export type TokenWorkflow = (generation: TokenGeneration) => Promise<TokenDecision>;

/**
 * The project's workflow in the local Kinde runtime.
 *
 * @param onRun receives every run, for the runtime log
 */
export function workflowOf(
  kinde: Kinde,
  onRun?: (run: Run, generation: TokenGeneration) => void,
): TokenWorkflow {
  return async (generation) => {
    const run = await kinde.run({ event: toEvent(generation) });
    onRun?.(run, generation);
    if (!run.goesOn) {
      const denied = run.effects.accessDenied?.reason;
      return {
        issued: false,
        reason:
          denied ??
          "The workflow failed and its failure policy is to stop, or Kinde would refuse the workflow.",
      };
    }
    const { accessToken, idToken } = run.claims;
    return { issued: true, claims: { accessToken, idToken } };
  };
}

/** The event as Kinde documents it. */
function toEvent(generation: TokenGeneration): object {
  const { origin, audience, isExistingSession, orgCode } = generation;
  return {
    request: {
      ip: generation.ip,
      userAgent: generation.userAgent,
      auth: { audience },
    },
    context: {
      auth: { origin, connectionId: "conn_local", isExistingSession },
      user: { id: generation.userId, identityId: generation.identityId },
      domains: { kindeDomain: generation.kindeDomain },
      workflow: { trigger: "user:tokens_generation" },
      application: { clientId: generation.clientId },
      ...(orgCode !== null && { organization: { code: orgCode } }),
    },
  };
}
