import type { FreshnessRung } from "kinde-claims";
import type { Freshness } from "./sessionContext.ts";

/** What the last action did. It is in the state of the navigation to the next page. */
export interface Notice {
  readonly kind: "saved" | "refreshed" | "checked" | "stillSignedIn";
  /** Whether the access token has the expected claims, and which step brought them. */
  readonly freshness?: {
    readonly arrived: boolean;
    readonly rung: FreshnessRung;
    readonly ms: number;
  };
  /** Whether Kinde could not be reached. */
  readonly isKindeAway?: boolean;
}

/** The state of a navigation that carries a notice. */
export function withNotice(notice: Notice | undefined): { readonly notice?: Notice } {
  return notice ? { notice } : {};
}

/** Reads the notice out of the state of a navigation. Only this app writes that state. */
export function readNotice(state: unknown): Notice | undefined {
  return (Object(state) as { notice?: Notice }).notice;
}

/** The notice after an action that changed claims, or fetched a fresh token. */
export function noticeOf(kind: Notice["kind"], freshness: Freshness): Notice {
  if (freshness.kind === "arrived") return { kind, freshness: { arrived: true, ...freshness.how } };
  const isKindeAway = freshness.kind === "away";
  return { kind, isKindeAway, freshness: { arrived: false, rung: "none", ms: 0 } };
}
