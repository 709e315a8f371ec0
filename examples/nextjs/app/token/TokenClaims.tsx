"use client";
import { type ReactNode, useActionState } from "react";
import { fetchFreshToken } from "@/app/token/fetchFreshToken";
import { ClaimCards } from "@/components/ClaimCards";
import type { ProfileClaims } from "@/lib/claims/profileClaims";

interface Props {
  token: ProfileClaims;
  account: ProfileClaims | undefined;
  children: ReactNode;
}

/**
 * A client component with a button that fetches a fresh token. The server action replaces the
 * tokens in the cookies, and its answer contains the page, rendered with the new tokens. So the
 * claims change at once, without loading the page again.
 */
export function TokenClaims({ token, account, children }: Props) {
  const [fresh, action, isPending] = useActionState(fetchFreshToken, undefined);
  return (
    <>
      {fresh && (
        <div className="notice" role="status" key={fresh.at}>
          <p>
            <strong>You have a fresh access token.</strong>{" "}
            {fresh.rung === "revoke"
              ? "Your access token was replaced"
              : "Your access token was refreshed"}{" "}
            in {fresh.ms} ms, without a new sign-in.
          </p>
        </div>
      )}
      <ClaimCards token={token} account={account} />
      {children}
      <form action={action}>
        <button disabled={isPending}>Fetch a fresh token</button>
      </form>
    </>
  );
}
