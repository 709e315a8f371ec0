import type { RequestHandler } from "express";

/**
 * The headers for pages that run no script and load nothing but this app's stylesheet.
 *
 * @param options.issuer where a form may lead: browsers hold `form-action` also against the
 *   redirects after it, and signing out or silently in goes through Kinde
 * @param options.https whether the app is served over https
 */
export function securityHeaders(options: { issuer: string; https: boolean }): RequestHandler {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action 'self' ${new URL(options.issuer).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers: Record<string, string> = {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    // Pages show what a token holds. What may be kept has to say so.
    "Cache-Control": "no-store",
    ...(options.https && { "Strict-Transport-Security": "max-age=31536000" }),
  };
  return (_req, res, next) => {
    res.set(headers);
    next();
  };
}
