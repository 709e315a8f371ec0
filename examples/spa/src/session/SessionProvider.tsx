import { useKindeAuth } from "@kinde-oss/kinde-auth-react";
import { PromptTypes } from "@kinde-oss/kinde-auth-react/utils";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { AT_ONCE, bringClaims } from "../freshness/bringClaims.ts";
import { isKindeReachable } from "../freshness/isKindeReachable.ts";
import { sessionSteps } from "../freshness/sessionSteps.ts";
import type { Settings } from "../settings/readSettings.ts";
import { type Session, SessionContext } from "./sessionContext.ts";
import type { SignInFailure } from "./signInFailure.ts";
import { packTask } from "./signInTask.ts";
import { noteSilentSignIn, wasSilentJustTried } from "./silentSignIn.ts";
import { readTokens, type Tokens } from "./tokens.ts";
import { toUser } from "./toUser.ts";

/** How long loading may take. The SDK itself has no time limit. */
const LOADING_LIMIT_MS = 12_000;

interface Props {
  readonly settings: Settings;
  readonly failure: SignInFailure | undefined;
  readonly away: readonly [boolean, (isAway: boolean) => void];
  readonly children: ReactNode;
}

/** Provides the session to the pages: the user with the claims, and the actions. */
export function SessionProvider({ settings, failure, away, children }: Props) {
  const kinde = useKindeAuth();
  const [isAway, setIsAway] = away;
  const [isLeaving, setIsLeaving] = useState(false);
  const [tokens, setTokens] = useState<Tokens>();

  // Reads the tokens again when the SDK's context changes, as it does with every new token.
  useEffect(() => {
    let isCurrent = true;
    void readTokens().then((next) => {
      if (isCurrent) setTokens((before) => sameOr(before, next));
    });
    return () => {
      isCurrent = false;
    };
  }, [kinde]);

  const user = useMemo(
    () => (kinde.isAuthenticated && tokens ? toUser(tokens, settings) : undefined),
    [kinde.isAuthenticated, tokens, settings],
  );
  const isLoading = isLeaving || kinde.isLoading || (kinde.isAuthenticated && !user);
  useEffect(() => {
    if (!isLoading) return undefined;
    const timer = setTimeout(() => setIsAway(true), LOADING_LIMIT_MS);
    return () => clearTimeout(timer);
  }, [isLoading, setIsAway]);

  const session: Session = {
    status: statusOf({ isAway, isLoading, isSignedIn: user !== undefined }),
    user,
    failure,

    async begin(page, returnTo) {
      if (!(await isKindeReachable(settings.kinde.domain))) return setIsAway(true);
      await kinde[page]({ state: packTask({ returnTo }) });
    },

    async signOut() {
      if (!(await isKindeReachable(settings.kinde.domain))) return "away";
      // The guards must not begin a sign-in while the browser leaves.
      setIsLeaving(true);
      await kinde.logout();
      return "leaving";
    },

    async freshen(expected, { returnTo, notice, requireNewToken = false }) {
      const isSilentOver = wasSilentJustTried();
      const startedAt = Date.now();
      const { arrived, rung, ms, refreshFailed } = await bringClaims(
        expected,
        sessionSteps(settings.kinde),
        { requireNewToken, ...((requireNewToken || isSilentOver) && { tries: AT_ONCE }) },
      );
      const next = await readTokens();
      setTokens((before) => sameOr(before, next));
      if (arrived) return { kind: "arrived", how: { rung, ms } };
      if (refreshFailed && !(await isKindeReachable(settings.kinde.domain)))
        return { kind: "away" };
      if (isSilentOver) return { kind: "stale" };
      noteSilentSignIn(returnTo);
      const silent = { at: startedAt, expected, ...(notice && { notice }) };
      await kinde.login({
        prompt: PromptTypes.none,
        state: packTask({ returnTo, silent }),
      });
      return { kind: "leaving" };
    },
  };
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Returns the old object if the token is the same, so that the row is not read again. */
function sameOr(before: Tokens | undefined, next: Tokens | undefined): Tokens | undefined {
  return before?.accessToken === next?.accessToken ? before : next;
}

function statusOf(found: {
  readonly isAway: boolean;
  readonly isLoading: boolean;
  readonly isSignedIn: boolean;
}): Session["status"] {
  if (found.isAway) return "away";
  if (found.isLoading) return "loading";
  return found.isSignedIn ? "signedIn" : "signedOut";
}
