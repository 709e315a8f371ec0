import { isSecretKey } from "./isSecretKey.ts";

/** The settings of the app. Everybody can read them, so they contain no secret. */
export interface Settings {
  readonly kinde: {
    /** Without a slash at the end. */
    readonly domain: string;
    readonly clientId: string;
    readonly redirectUrl: string;
  };
  readonly supabase: { readonly url: string; readonly publishableKey: string };
}

/** A setting is missing or wrong. The message is one sentence for the page. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** The path to which Kinde sends the browser back. */
export const CALLBACK_PATH = "/callback";

/**
 * Reads the settings.
 *
 * @param json the parsed content of `/settings.json`; it may be anything, and is checked
 * @param origin the origin of the app: `window.location.origin`
 * @throws SettingsError that names the first setting that is missing or wrong
 */
export function readSettings(json: unknown, origin: string): Settings {
  const texts = Object(json) as Record<string, unknown>;

  function readText(name: string): string {
    const value = texts[name];
    if (typeof value !== "string" || value.trim() === "") {
      throw new SettingsError(`${name} is missing in /settings.json.`);
    }
    if (value.includes("<")) {
      throw new SettingsError(`${name} in /settings.json is still the placeholder.`);
    }
    return value.trim();
  }

  function readOrigin(name: string): string {
    const text = readText(name);
    if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
      throw new SettingsError(`${name} in /settings.json must be an address with https://.`);
    }
    return new URL(text).origin;
  }

  function readRedirectUrl(name: string): string {
    const expected = origin + CALLBACK_PATH;
    if (readText(name) !== expected) {
      throw new SettingsError(
        `${name} in /settings.json must be ${expected}, because this page is at ${origin}.`,
      );
    }
    return expected;
  }

  function readPublishableKey(name: string): string {
    const key = readText(name);
    if (isSecretKey(key)) {
      throw new SettingsError(
        `${name} in /settings.json is a secret key, and everybody can read it there: delete that key in Supabase, and enter the publishable key.`,
      );
    }
    return key;
  }

  return {
    kinde: {
      domain: readOrigin("VITE_KINDE_DOMAIN"),
      clientId: readText("VITE_KINDE_CLIENT_ID"),
      redirectUrl: readRedirectUrl("VITE_KINDE_REDIRECT_URL"),
    },
    supabase: {
      url: readOrigin("VITE_SUPABASE_URL"),
      publishableKey: readPublishableKey("VITE_SUPABASE_PUBLISHABLE_KEY"),
    },
  };
}
