import { type ComponentProps, useCallback, useState } from "react";
import { Navigate, useLocation } from "react-router";
import { type ProfileClaims, profileClaims } from "../claims/profileClaims.ts";
import { KindeAway } from "../pages/KindeAway.tsx";
import { ProfileUnavailable } from "../pages/ProfileUnavailable.tsx";
import { Waiting } from "../pages/Waiting.tsx";
import { useOnce } from "../parts/useOnce.ts";
import { useOwnProfile } from "../profiles/useOwnProfile.ts";
import { type Freshness, useSession } from "../session/sessionContext.ts";
import type { RequireClaim } from "./RequireClaim.tsx";

/**
 * Shown if the token does not have the claim. The row decides what happens next, because the token
 * can be older than the row. If the token alone decided, a user with an old token would be
 * redirected to the form again and again, although the form is filled in.
 */
export function ClosedView({ claim, otherwise }: ComponentProps<typeof RequireClaim>) {
  const { pathname, search } = useLocation();
  const here = pathname + search;
  const { reading, again } = useOwnProfile();
  const [attempt, setAttempt] = useState(0);
  const tryAgain = useCallback(() => setAttempt((count) => count + 1), []);
  if (reading.status === "failed")
    return <ProfileUnavailable error={reading.error} again={again} />;
  if (reading.status === "loading") return <Waiting />;
  if (!reading.row[claim]) return <Navigate to={otherwise(here)} replace />;
  const expected = profileClaims.read(reading.row);
  return <OldToken key={attempt} expected={expected} here={here} again={tryAgain} />;
}

interface OldTokenProps {
  readonly expected: ProfileClaims;
  readonly here: string;
  readonly again: () => void;
}

/** Brings the row's claims into the token. `RequireClaim` opens the view when they arrive. */
function OldToken({ expected, here, again }: OldTokenProps) {
  const { freshen } = useSession();
  const [outcome, setOutcome] = useState<Freshness["kind"]>();
  useOnce(() => {
    void freshen(expected, { returnTo: here }).then(({ kind }) => setOutcome(kind));
  });
  if (outcome === "stale") {
    return <Navigate to={`/stale?return_to=${encodeURIComponent(here)}`} replace />;
  }
  if (outcome === "away") return <KindeAway again={again} />;
  return (
    <Waiting>Your account has what this page needs. A fresh access token is being fetched.</Waiting>
  );
}
