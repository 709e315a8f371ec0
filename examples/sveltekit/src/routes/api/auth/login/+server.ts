import { beginSignIn } from "$lib/server/kinde/beginSignIn";
import type { RequestHandler } from "./$types";

export const GET: RequestHandler = (event) => beginSignIn(event, "login");
