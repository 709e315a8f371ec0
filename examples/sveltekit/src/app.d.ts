import type { SessionManager } from "@kinde-oss/kinde-auth-sveltekit";
import type { User } from "$lib/server/kinde/readUser";
import type { ProblemCode } from "$lib/problems";

declare global {
  namespace App {
    interface Locals {
      /** The tokens of this browser, in the cookies of Kinde's SDK. */
      session: SessionManager;
      /** The signed-in user, as the verified access token describes them. */
      user?: User | undefined;
      /** Kinde cannot be reached: there is a session, but its token is not checked. */
      isUnchecked: boolean;
    }
    interface Error {
      /** Which text `+error.svelte` shows. */
      code?: ProblemCode;
    }
  }
}
