import { type RequestHandler, Router } from "express";
import type { Verifier } from "kinde-claims";
import { KindeUnavailableError } from "../kinde/KindeUnavailableError.ts";
import type { KindeClient, SignInKind } from "../kinde/kindeClient.ts";
import type { PendingSignIns } from "../kinde/pendingSignIns.ts";
import type { ProfileClaims } from "../profileClaims.ts";
import type { OpenProfile } from "../profiles/ownProfile.ts";
import { endSession } from "../web/loadSession.ts";
import { readReturnTo } from "../web/returnTo.ts";
import { finishSignIn } from "./finishSignIn.ts";

export interface SignInParts {
  readonly appUrl: string;
  readonly kinde: KindeClient;
  readonly verifier: Verifier<ProfileClaims>;
  readonly pendingSignIns: PendingSignIns;
  readonly openProfile: OpenProfile;
  readonly orgCode?: string | undefined;
  /** Whether Kinde has said that this user was deleted. */
  readonly isUserDeleted: (userId: string) => Promise<boolean>;
  readonly requireCsrf: RequestHandler;
  readonly log: (line: string) => void;
}

/** The routes for signing in, also silently, and for signing out. */
export function signInRoutes(parts: SignInParts): Router {
  const { appUrl, kinde, pendingSignIns } = parts;

  const begin =
    (kind: SignInKind): RequestHandler =>
    async (req, res) => {
      const { url, secrets } = await kinde.beginSignIn(kind).catch((error: unknown) => {
        throw new KindeUnavailableError("beginning a sign-in", { cause: error });
      });
      const returnTo = readReturnTo(req.query.return_to);
      await pendingSignIns.begin(req, res, { ...secrets, kind, returnTo });
      res.redirect(303, url.href);
    };

  const leave: RequestHandler = async (req, res) => {
    await endSession(req, res, appUrl.startsWith("https:"));
    res.redirect(303, kinde.logoutUrl().href);
  };

  return Router()
    .get("/login", begin("login"))
    .get("/register", begin("register"))
    .get("/login/silent", begin("silent"))
    .get("/callback", finishSignIn(parts))
    .post("/logout", parts.requireCsrf, leave);
}
