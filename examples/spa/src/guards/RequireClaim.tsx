import { Outlet } from "react-router";
import type { ProfileClaim } from "../claims/profileClaims.ts";
import { useUser } from "../session/sessionContext.ts";
import { ClosedView } from "./ClosedView.tsx";

interface Props {
  readonly claim: ProfileClaim;
  /** Returns where to redirect if the row does not grant the claim. Receives the view's path. */
  readonly otherwise: (path: string) => string;
}

/**
 * Opens a view if the token has the claim. The guard decides only what the browser shows. Data is
 * protected by row-level security, see the README.
 */
export function RequireClaim({ claim, otherwise }: Props) {
  const { claims } = useUser();
  return claims[claim] ? <Outlet /> : <ClosedView claim={claim} otherwise={otherwise} />;
}
