import { getKindeServerSession } from "@kinde-oss/kinde-auth-nextjs/server";
import { decodeJwt } from "jose";

/** The user's first name, or their email address, from the ID token. It is for display only. */
export async function readName(): Promise<string> {
  try {
    const idToken: unknown = await getKindeServerSession().getIdTokenRaw();
    const { given_name, email } = decodeJwt(String(idToken));
    return String(given_name || email || "there");
  } catch {
    return "there";
  }
}
