import { redirect } from "next/navigation";
import { readVisitor, type User } from "@/lib/auth/visitor";
import { signInPath, unavailablePath } from "@/lib/web/paths";

/**
 * The signed-in user. Everybody else is redirected to the sign-in, and comes back.
 *
 * @param here the path to come back to
 */
export async function requireUser(here: string): Promise<User> {
  const visitor = await readVisitor();
  if (visitor.kind === "guest") redirect(signInPath(here));
  if (visitor.kind === "unchecked") redirect(unavailablePath("kinde", here));
  return visitor.user;
}
