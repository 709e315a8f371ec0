import type { useKindeAuth } from "@kinde-oss/kinde-auth-react";
import { profileClaims } from "../claims/profileClaims.ts";
import { createSupabaseClient } from "../profiles/createSupabaseClient.ts";
import { ownProfile } from "../profiles/ownProfile.ts";
import type { Settings } from "../settings/readSettings.ts";
import type { User } from "./sessionContext.ts";

export type KindeSdk = ReturnType<typeof useKindeAuth>;

/** The access token that the SDK holds, decoded, and the name in the ID token. */
export interface Tokens {
  readonly accessToken: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly name: string;
}

export async function readTokens(kinde: KindeSdk): Promise<Tokens | undefined> {
  const accessToken = await kinde.getAccessToken();
  const payload = await kinde.getClaims();
  const profile = await kinde.getUserProfile();
  if (!accessToken || !payload) return undefined;
  const name = [profile?.givenName, profile?.familyName].filter(Boolean).join(" ");
  return { accessToken, payload: { ...payload }, name: name || profile?.email || "you" };
}

export function toUser(tokens: Tokens, supabase: Settings["supabase"]): User {
  const { accessToken, payload } = tokens;
  const id = String(payload.sub);
  return {
    ...tokens,
    id,
    claims: profileClaims.read(payload),
    profile: ownProfile(createSupabaseClient(supabase, accessToken), id),
  };
}
