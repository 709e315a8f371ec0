import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import { decodeJwt } from "jose";

/**
 * Reads the user's first name, or their email address, from the ID token. The SDK verified the ID
 * token when it arrived, so it is not verified here. If users change this cookie, they only change
 * the name that they see themselves.
 */
export async function readName(session: SessionManager): Promise<string> {
  const idToken = await session.getSessionItem("id_token");
  try {
    const { given_name, email } = decodeJwt(String(idToken));
    return String(given_name || email || "there");
  } catch {
    return "there";
  }
}
