import { finishSignIn } from "$lib/server/kinde/finishSignIn";
import type { RequestHandler } from "./$types";

export const GET: RequestHandler = (event) => finishSignIn(event);
