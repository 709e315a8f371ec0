import { getKindeServerSession } from "@kinde-oss/kinde-auth-nextjs/server";
import { decodeJwt } from "jose";

/** As Kinde's SDK counts: a token is refreshed in the last 20 seconds of its life. */
const EARLY_S = 20;

/** Whether the browser has an access token that is over, or about to be. It is not verified here. */
export async function isTokenAboutToExpire(): Promise<boolean> {
  const accessToken: unknown = await getKindeServerSession().getAccessTokenRaw();
  if (typeof accessToken !== "string") return false;
  try {
    return (decodeJwt(accessToken).exp ?? 0) < Date.now() / 1000 + EARLY_S;
  } catch {
    return false;
  }
}
