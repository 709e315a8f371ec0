import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";

const WINDOW_MS = 60_000;

/**
 * Limits the requests of one client: its IPv4 address, or its IPv6 network. Behind a proxy, Express
 * must know how many there are ("trust proxy"), or all clients are one.
 *
 * Each process counts for itself, so three instances together allow three times as many requests.
 *
 * @param onRefused answers; the status is 429 already
 */
export function limitRequests(perMinute: number, onRefused: RequestHandler): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Any client can send X-Forwarded-For. Without a proxy it is ignored, so it is not logged.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (req, res, next) => {
      res.status(429);
      return onRefused(req, res, next);
    },
  });
}
