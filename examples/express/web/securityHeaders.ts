import type { RequestHandler } from "express";
import helmet from "helmet";

/**
 * The headers for pages that run no script and load nothing but this app's stylesheet.
 *
 * @param options.issuer where a form may lead: browsers hold `form-action` also against the
 *   redirects after it, and signing out or silently in goes through Kinde
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
        // Pages show what a token holds. A response that may be cached has to say so.
        "Cache-Control": "no-store",
      });
      next();
    },
  ];
}
