import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import type { User } from "$lib/server/kinde/readUser";
import type { ProblemCode } from "$lib/problems";

declare global {
  namespace App {
    interface Locals {
      /** Kinde's SDK for this request. It reads and writes the browser's tokens in cookies. */
      session: SessionManager;
      /** The signed-in user, as the verified access token describes them. */
      user?: User | undefined;
      /** True if Kinde cannot be reached: there is a session, but its token is not checked. */
      isUnchecked: boolean;
    }
    interface Error {
      /** The problem that `+error.svelte` explains. */
      code?: ProblemCode;
    }
  }
}
