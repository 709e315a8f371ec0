import { Outlet } from "react-router";
import type { ProfileClaim } from "../claims/profileClaims.ts";
import { useUser } from "../session/sessionContext.ts";
import { ClosedView } from "./ClosedView.tsx";

interface Props {
  readonly claim: ProfileClaim;
  /** Where a user goes whose account does not have the claim. Takes the path of the closed view. */
  readonly otherwise: (path: string) => string;
}

/**
 * Opens a view by a claim in the token. This decides what the browser shows. It protects no data:
 * that is the work of row-level security, see the README.
 */
export function RequireClaim({ claim, otherwise }: Props) {
  const { claims } = useUser();
  return claims[claim] ? <Outlet /> : <ClosedView claim={claim} otherwise={otherwise} />;
}
