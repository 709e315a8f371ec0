import {
  type ACClient,
  createKindeServerClient,
  GrantType,
  type SessionManager,
} from "@kinde-oss/kinde-typescript-sdk";
import { decodeJwt, type JWTPayload } from "jose";
import type { LocalKinde } from "../issuer/index.ts";
import { createHttpBrowser, type HttpBrowser } from "./httpBrowser.ts";

/** Nothing listens here. The redirect shows where Kinde sends the browser back to. */
export const CALLBACK = "http://127.0.0.1:9/callback";
export const HOME = "http://127.0.0.1:9/";

/** A user with the unchanged Kinde SDK, and a browser that can sign in. */
export interface SdkUser {
  readonly sdk: ACClient;
  readonly session: SessionManager;
  readonly items: Map<string, unknown>;
  readonly browser: HttpBrowser;
  /** Signs in as the user with this id. Without an id, it signs in silently. */
  signIn(userId?: string): Promise<void>;
  /** The address Kinde sends the browser back to. */
  callback(userId?: string): Promise<URL>;
  accessToken(): JWTPayload;
  idToken(): JWTPayload;
}

export function createSdkUser(
  kinde: LocalKinde,
  options: { pkce?: boolean; audience?: string; scope?: string; redirectUri?: string } = {},
): SdkUser {
  const redirectURL = options.redirectUri ?? CALLBACK;
  const common = {
    authDomain: kinde.url,
    redirectURL,
    logoutRedirectURL: HOME,
    ...(options.audience !== undefined && { audience: options.audience }),
    ...(options.scope !== undefined && { scope: options.scope }),
  };
  const sdk = options.pkce
    ? createKindeServerClient(GrantType.PKCE, { ...common, clientId: kinde.publicClientId })
    : createKindeServerClient(GrantType.AUTHORIZATION_CODE, { ...common, ...kinde.app });
  const items = new Map<string, unknown>();
  const session: SessionManager = {
    getSessionItem: async (key) => items.get(key) ?? null,
    setSessionItem: async (key, value) => void items.set(key, value),
    removeSessionItem: async (key) => void items.delete(key),
    destroySession: async () => items.clear(),
  };
  const browser = createHttpBrowser({ stopAt: redirectURL });
  const decode = (key: string) => decodeJwt(String(items.get(key)));

  const user: SdkUser = {
    sdk,
    session,
    items,
    browser,
    async callback(userId) {
      const parameters = userId === undefined ? { authUrlParams: { prompt: "none" } } : {};
      const page = await browser.open((await sdk.login(session, parameters)).href);
      const back =
        userId === undefined || page.url.startsWith(redirectURL)
          ? page
          : await browser.submit(new URL(page.url).pathname, { user: userId });
      return new URL(back.url);
    },
    async signIn(userId) {
      await sdk.handleRedirectToApp(session, await user.callback(userId));
    },
    accessToken: () => decode("access_token"),
    idToken: () => decode("id_token"),
  };
  return user;
}
