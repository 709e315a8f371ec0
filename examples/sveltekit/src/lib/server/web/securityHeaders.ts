import type { Handle } from "@sveltejs/kit";
import { settings } from "../settings.ts";

/** Adds the headers that SvelteKit leaves to the app. */
export const securityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const { ORIGIN, KINDE_ISSUER_URL } = settings();
  // A second policy beside that of vite.config.ts, because Kinde's domain is not known to the build.
  // Browsers hold form-action also against the redirects after a form, and signing out leads to Kinde.
  const policy = `form-action 'self' ${KINDE_ISSUER_URL}; frame-ancestors 'none'`;
  response.headers.append("Content-Security-Policy", policy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  // Pages show what a token holds.
  response.headers.set("Cache-Control", "private, no-store");
  if (ORIGIN.startsWith("https:")) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000");
  }
  return response;
};
