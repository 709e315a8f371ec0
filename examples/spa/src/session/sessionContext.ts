import type { FreshnessRung } from "kinde-claims";
import { createContext, use } from "react";
import type { ProfileClaims } from "../claims/profileClaims.ts";
import type { OwnProfile } from "../profiles/ownProfile.ts";
import type { Notice } from "./notice.ts";
import type { SignInFailure } from "./signInFailure.ts";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly accessToken: string;
  /** What the access token holds. Decoded, not verified: see the README. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly claims: ProfileClaims;
  readonly profile: OwnProfile;
}

export interface FreshenOptions {
  /** Where to go on after a silent sign-in, and what to say there. */
  readonly returnTo: string;
  readonly notice?: Notice["kind"];
  /** Fetches a new token even if the claims agree already. */
  readonly requireNewToken?: boolean;
}

export type Freshness =
  | {
      readonly kind: "arrived";
      readonly how: { readonly rung: FreshnessRung; readonly ms: number };
    }
  /** Kinde still returns the earlier token after all steps. */
  | { readonly kind: "stale" }
  | { readonly kind: "away" }
  /** The browser is leaving for a silent sign-in. */
  | { readonly kind: "leaving" };

export interface Session {
  readonly status: "loading" | "signedOut" | "signedIn" | "away";
  readonly user: User | undefined;
  /** Why the last sign-in did not work. */
  readonly failure: SignInFailure | undefined;
  /** Sends the browser to Kinde's sign-in or registration page. */
  begin(page: "login" | "register", returnTo: string): Promise<void>;
  /** Signs out, also at Kinde. While Kinde is away, nothing changes. */
  signOut(): Promise<"leaving" | "away">;
  /** Brings claims into the session's token. Never throws. */
  freshen(expected: ProfileClaims, options: FreshenOptions): Promise<Freshness>;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession works below SessionProvider only");
  return session;
}

/** The signed-in user. For pages behind `RequireUser`. */
export function useUser(): User {
  const { user } = useSession();
  if (!user) throw new Error("useUser works behind RequireUser only");
  return user;
}
