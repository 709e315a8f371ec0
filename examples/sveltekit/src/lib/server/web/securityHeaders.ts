import type { Handle } from "@sveltejs/kit";
import { settings } from "../settings.ts";

/** Adds the security headers that SvelteKit does not set itself. */
export const securityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const { ORIGIN, KINDE_ISSUER_URL } = settings();
  // A second policy beside the one in vite.config.ts, because a build does not know Kinde's domain.
  // Browsers apply form-action also to the redirects after a form, and signing out redirects to
  // Kinde.
  const policy = `form-action 'self' ${KINDE_ISSUER_URL}; frame-ancestors 'none'`;
  response.headers.append("Content-Security-Policy", policy);
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  // Pages show the content of a token, so no cache may store them.
  response.headers.set("Cache-Control", "private, no-store");
  if (ORIGIN.startsWith("https:")) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000");
  }
  return response;
};
