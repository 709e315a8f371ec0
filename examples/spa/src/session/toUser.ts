import { profileClaims } from "../claims/profileClaims.ts";
import { createSupabaseClient } from "../profiles/createSupabaseClient.ts";
import { ownProfile } from "../profiles/ownProfile.ts";
import type { Settings } from "../settings/readSettings.ts";
import type { User } from "./sessionContext.ts";
import { type Tokens, validAccessToken } from "./tokens.ts";

/** Makes the user from the tokens, with access to the user's row. */
export function toUser(tokens: Tokens, { kinde, supabase }: Settings): User {
  const id = String(tokens.payload.sub);
  const client = createSupabaseClient(supabase, () => validAccessToken(kinde));
  return {
    ...tokens,
    id,
    claims: profileClaims.read(tokens.payload),
    profile: ownProfile(client, id),
  };
}
