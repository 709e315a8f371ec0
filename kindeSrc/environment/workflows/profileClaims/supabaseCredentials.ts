import { roleOfJwt } from "./jwtRole.ts";
import { type Failure, failed } from "./lookup.ts";
import { readVariable } from "./natives.ts";

/** The URL of the Supabase project, and the headers that its Data API needs. */
export type Credentials = {
  readonly outcome: "configured";
  /** The project's URL, without a slash at the end. */
  readonly url: string;
  readonly keyHeaders: KeyHeaders;
};

type KeyHeaders = { readonly apikey: string; readonly Authorization?: string };

/**
 * Reads Supabase's URL and key from Kinde's environment variables SUPABASE_URL and
 * SUPABASE_SECRET_KEY. If the key is a JWT, it also reads SUPABASE_PUBLISHABLE_KEY.
 *
 * It refuses a key that can never work, because the hint of its failure says what to do, and an
 * answer of Supabase would not.
 */
export function readCredentials(): Credentials | Failure {
  const url = readVariable("SUPABASE_URL");
  if (url === "") {
    return notConfigured("SUPABASE_URL is not set");
  }
  if (!isProjectUrl(url)) {
    return notConfigured(
      "SUPABASE_URL must be https:// and a host, such as https://ref.supabase.co",
    );
  }
  const key = readVariable("SUPABASE_SECRET_KEY");
  if (key === "") {
    return readVariable("SUPABASE_ANON_KEY") === ""
      ? notConfigured("SUPABASE_SECRET_KEY is not set")
      : notConfigured("SUPABASE_ANON_KEY is not enough: set SUPABASE_SECRET_KEY to a secret key");
  }
  const keyHeaders = headersFor(key);
  return "outcome" in keyHeaders
    ? keyHeaders
    : { outcome: "configured", url: url.replace(PATH, ""), keyHeaders };
}

/** The path of the Data API. A URL that is copied from Supabase's dashboard may end with it. */
const PATH = /(\/rest\/v1)?\/*$/;

/**
 * Accepts https and a host, and http only for a Supabase on this machine. A URL with a user name,
 * another path or a query is a mistake.
 */
function isProjectUrl(url: string): boolean {
  const origin =
    /^(https:\/\/[a-z\d]([a-z\d.-]*[a-z\d])?|http:\/\/(localhost|127\.0\.0\.1))(:\d{1,5})?$/i;
  return origin.test(url.replace(PATH, ""));
}

/**
 * Returns the headers for a key. An `sb_secret_` key is sent in `apikey` only. A JWT is sent in
 * `Authorization`; `apikey` is then the publishable key, or the JWT if there is no publishable key.
 */
function headersFor(key: string): KeyHeaders | Failure {
  if (/^sb_secret_[\w-]+$/.test(key)) {
    return { apikey: key };
  }
  if (key.startsWith("sb_publishable_")) {
    return notConfigured("SUPABASE_SECRET_KEY holds a publishable key: set it to a secret key");
  }
  const role = roleOfJwt(key);
  if (role === undefined) {
    return notConfigured("SUPABASE_SECRET_KEY is neither an sb_secret_ key nor a JWT with a role");
  }
  if (role === "anon" || role === "authenticated") {
    return notConfigured(`SUPABASE_SECRET_KEY is of the role ${role}: set it to a secret key`);
  }
  const publishableKey = readVariable("SUPABASE_PUBLISHABLE_KEY");
  if (publishableKey !== "" && !/^[\w.-]+$/.test(publishableKey)) {
    return notConfigured("SUPABASE_PUBLISHABLE_KEY is not a key: copy it again");
  }
  return { apikey: publishableKey || key, Authorization: `Bearer ${key}` };
}

function notConfigured(hint: string): Failure {
  return failed("NOT_CONFIGURED", hint);
}
