import type { FreshnessRung } from "kinde-claims";

/** What the last action did. It travels with the navigation to the next page. */
export interface Notice {
  readonly kind: "saved" | "refreshed" | "checked";
  /** Whether the access token shows it, and how it came. */
  readonly freshness?: {
    readonly arrived: boolean;
    readonly rung: FreshnessRung;
    readonly ms: number;
  };
}

/** The state of a navigation that carries a notice. */
export function withNotice(notice: Notice | undefined): { readonly notice?: Notice } {
  return notice ? { notice } : {};
}

/** Reads the notice out of the state of a navigation. Only this app writes that state. */
export function readNotice(state: unknown): Notice | undefined {
  return (Object(state) as { notice?: Notice }).notice;
}
