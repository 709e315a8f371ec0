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
  /** The payload of the access token. It is decoded, but not verified: see the README. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly claims: ProfileClaims;
  readonly profile: OwnProfile;
}

export interface FreshenOptions {
  /** The page to open after a silent sign-in. `notice` is what that page says. */
  readonly returnTo: string;
  readonly notice?: Notice["kind"];
  /** Fetches a new token even if the token has the claims already. */
  readonly requireNewToken?: boolean;
}

export type Freshness =
  | {
      readonly kind: "arrived";
      readonly how: { readonly rung: FreshnessRung; readonly ms: number };
    }
  /** Kinde still returns the earlier token after all steps. */
  | { readonly kind: "stale" }
  /** Kinde cannot be reached. */
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
  /** Signs out here and at Kinde. If Kinde cannot be reached, the user stays signed in. */
  signOut(): Promise<"leaving" | "away">;
  /** Brings the expected claims into the session's token. */
  freshen(expected: ProfileClaims, options: FreshenOptions): Promise<Freshness>;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession works only inside SessionProvider");
  return session;
}

/** The signed-in user. Only for pages inside `RequireUser`. */
export function useUser(): User {
  const { user } = useSession();
  if (!user) throw new Error("useUser works only inside RequireUser");
  return user;
}
