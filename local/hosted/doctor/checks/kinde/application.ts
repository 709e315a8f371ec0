import { HostedApiError } from "../../../clients/HostedApiError.ts";
import { KINDE } from "../../../setup/step.ts";
import { readAppUrls } from "../../../setup/steps/appUrls.ts";
import { kindeOf, settingOf, type World } from "../../../world.ts";
import { type Check, failed, failedUntilSetup, ok, unknown } from "../../check.ts";
import { remember } from "../../remember.ts";

const readApplication = (world: World) =>
  kindeOf(world).application(settingOf(world, "KINDE_CLIENT_ID"));

export const applicationCheck: Check = {
  code: "KINDE_APPLICATION",
  title: "Application of the users",
  why: "Users sign in to this application; with the id of another one, every token is refused.",
  needs: [...KINDE, "KINDE_CLIENT_ID"],
  uses: ["kindeApi"],
  async examine(world) {
    try {
      const { name, type } = await remember(world, readApplication);
      if (type !== "m2m") return ok(name ?? "it exists");
      const cure =
        "Set KINDE_CLIENT_ID to the client id of the application that your users sign in to.";
      return failed("KINDE_CLIENT_ID is a machine application", cure);
    } catch (error) {
      if (!(error instanceof HostedApiError)) throw error;
      if (error.code === "FORBIDDEN")
        return unknown("the machine application lacks read:applications");
      if (error.code !== "NOT_FOUND") throw error;
      return failed(
        "Kinde has no application with the id KINDE_CLIENT_ID",
        "Copy the client id from Kinde > Settings > Applications > your application.",
      );
    }
  },
};

const NEEDS = [...KINDE, "KINDE_CLIENT_ID", "APP_URL"] as const;

export const callbackUrlCheck: Check = {
  code: "KINDE_CALLBACK_URL",
  title: "Allowed callback URL",
  why: "Kinde refuses a sign-in whose callback is not allowed.",
  needs: NEEDS,
  uses: ["kindeApi"],
  async examine(world) {
    const { wanted, allowed } = (await remember(world, readAppUrls)).callback;
    return allowed.includes(wanted) ? ok(wanted) : failedUntilSetup(`${wanted} is not allowed`);
  },
};

export const logoutUrlCheck: Check = {
  code: "KINDE_LOGOUT_URL",
  title: "Allowed logout URL",
  why: "After a sign-out, Kinde shows an error instead of your app.",
  needs: NEEDS,
  uses: ["kindeApi"],
  async examine(world) {
    const { wanted, allowed } = (await remember(world, readAppUrls)).logout;
    return allowed.includes(wanted) ? ok(wanted) : failedUntilSetup(`${wanted} is not allowed`);
  },
};

export const tokenLifetimeCheck: Check = {
  code: "KINDE_TOKEN_LIFETIME",
  title: "Lifetime of access tokens",
  why: "A claim that is taken away stays in a token until the token expires.",
  needs: ["KINDE_DOMAIN"],
  uses: [],
  async examine() {
    return unknown(
      "Kinde's API does not show it; npm run doctor -- --token shows it for one token",
    );
  },
};
