import { getKindeServerSession } from "@kinde-oss/kinde-auth-nextjs/server";
import { decodeJwt } from "jose";

/** Kinde's SDK refreshes a token in the last 20 seconds of its life. */
const EARLY_S = 20;

/**
 * Whether the browser has an access token that has expired or expires soon. The token is not
 * verified here.
 */
export async function isTokenAboutToExpire(): Promise<boolean> {
  const accessToken: unknown = await getKindeServerSession().getAccessTokenRaw();
  if (typeof accessToken !== "string") return false;
  try {
    return (decodeJwt(accessToken).exp ?? 0) < Date.now() / 1000 + EARLY_S;
  } catch {
    return false;
  }
}
