import { redirect } from "next/navigation";
import { readVisitor, type User } from "@/lib/auth/visitor";
import { signInPath, unavailablePath } from "@/lib/web/paths";

/**
 * Returns the signed-in user. Other visitors are redirected to the sign-in. If the token cannot be
 * checked, because Kinde cannot be reached, the user is redirected to a page that says so.
 *
 * @param here the path to return to afterwards
 */
export async function requireUser(here: string): Promise<User> {
  const visitor = await readVisitor();
  if (visitor.kind === "guest") redirect(signInPath(here));
  if (visitor.kind === "unchecked") redirect(unavailablePath("kinde", here));
  return visitor.user;
}
