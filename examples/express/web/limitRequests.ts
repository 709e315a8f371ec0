import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";

const WINDOW_MS = 60_000;

/**
 * Limits the requests of each client. An IPv4 address or an IPv6 network counts as one client.
 * Behind proxies, Express must know how many there are ("trust proxy"). Otherwise all clients count
 * as one.
 *
 * Each process counts for itself, so three instances together allow three times as many requests.
 *
 * @param onRefused sends the response; its status is already 429
 */
export function limitRequests(perMinute: number, onRefused: RequestHandler): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Any client can send X-Forwarded-For. Without a proxy the app ignores this header, so
    // express-rate-limit must not log a warning about it.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (req, res, next) => {
      res.status(429);
      return onRefused(req, res, next);
    },
  });
}
