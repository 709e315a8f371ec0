import { randomBytes } from "node:crypto";

/**
 * One password for each role that signs in. Each program gets the password of its own role alone:
 * the Supabase CLI that of `postgres`, PostgREST that of `authenticator`. The superuser's stays in
 * this process.
 */
export interface Passwords {
  supabase_admin: string;
  postgres: string;
  authenticator: string;
}

export function newPasswords(): Passwords {
  const password = () => randomBytes(12).toString("hex");
  return { supabase_admin: password(), postgres: password(), authenticator: password() };
}
