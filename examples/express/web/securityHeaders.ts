import type { RequestHandler } from "express";
import helmet from "helmet";

/**
 * The headers for pages that run no script and load nothing but this app's stylesheet and images.
 *
 * @param options.issuer the origin to which forms may redirect, besides this app. Browsers also
 *   apply `form-action` to the redirects after a form, and signing out and the silent sign-in
 *   redirect to Kinde
 * @param options.https whether the app is served over https
 */
export function securityHeaders(options: { issuer: string; https: boolean }): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          formAction: ["'self'", new URL(options.issuer).origin],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: options.https && { maxAge: 31_536_000, includeSubDomains: false },
      xFrameOptions: { action: "deny" },
      referrerPolicy: { policy: "same-origin" },
    }),
    (_req, res, next) => {
      res.set({
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        // Pages show the contents of a token. A response that may be cached must set its own
        // header.
        "Cache-Control": "no-store",
      });
      next();
    },
  ];
}
