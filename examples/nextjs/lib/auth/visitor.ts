import { getKindeServerSession } from "@kinde-oss/kinde-auth-nextjs/server";
import { KeySetUnavailableError, TokenError, type VerifiedToken } from "kinde-claims";
import { cache } from "react";
import type { ProfileClaims } from "@/lib/claims/profileClaims";
import { verifier } from "@/lib/kinde/verifier";

/** A signed-in user: what the verified access token holds, and the token itself. */
export interface User extends VerifiedToken<ProfileClaims> {
  readonly accessToken: string;
}

/** Who makes the request. "unchecked": there is a token, but Kinde's keys cannot be fetched. */
export type Visitor =
  | { readonly kind: "guest" }
  | { readonly kind: "unchecked" }
  | { readonly kind: "user"; readonly user: User };

/** Reads the access token of the request and verifies it, once for each page. */
export const readVisitor = cache(async (): Promise<Visitor> => {
  const accessToken: unknown = await getKindeServerSession().getAccessTokenRaw();
  if (typeof accessToken !== "string") return { kind: "guest" };
  try {
    return { kind: "user", user: { ...(await verifier().verify(accessToken)), accessToken } };
  } catch (error) {
    if (error instanceof KeySetUnavailableError) return { kind: "unchecked" };
    if (!(error instanceof TokenError)) throw error;
    if (error.code !== "EXPIRED") console.error(`token refused code=${error.code}`);
    return { kind: "guest" };
  }
});
