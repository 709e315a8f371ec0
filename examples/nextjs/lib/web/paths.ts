/** Why `/unavailable` is shown: a service is away or, for "set-up", Supabase refuses the tokens. */
export type Service = "kinde" | "supabase" | "set-up";

/** Why a sign-in failed, for the page `/sign-in-failed`. */
export type SignInFailure = "not-begun-here" | "refused" | "exchange" | "token";

const withQuery = (path: string, query: Record<string, string>) =>
  `${path}?${new URLSearchParams(query)}`;

export const profilePath = (returnTo: string) =>
  withQuery("/profile", { return_to: returnTo });
export const freshPath = (returnTo: string) => withQuery("/fresh", { return_to: returnTo });
export const silentPath = (returnTo: string) => withQuery("/silent", { return_to: returnTo });
export const stalePath = (returnTo: string) => withQuery("/stale", { return_to: returnTo });
export const unavailablePath = (service: Service, returnTo: string) =>
  withQuery("/unavailable", { service, return_to: returnTo });
export const signInFailedPath = (reason: SignInFailure) =>
  withQuery("/sign-in-failed", { reason });

/** The routes of Kinde's SDK. */
export const signInPath = (returnTo: string) =>
  withQuery("/api/auth/login", { post_login_redirect_url: returnTo });
export const silentSignInPath = (returnTo: string) =>
  withQuery("/api/auth/login", { prompt: "none", post_login_redirect_url: returnTo });
export const REGISTER_PATH = "/api/auth/register";
export const SIGN_OUT_PATH = "/api/auth/logout";
