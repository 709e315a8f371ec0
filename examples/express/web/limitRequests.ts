import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";

const WINDOW_MS = 60_000;

/**
 * Limits the requests of one client: its IPv4 address, or its IPv6 network. Behind a proxy, Express
 * must know how many there are ("trust proxy"), or all clients are one.
 *
 * The counts are in this process, so several instances let through as many times more.
 *
 * @param onRefused answers; the status is 429 already
 */
export function limitRequests(perMinute: number, onRefused: RequestHandler): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Anybody can send X-Forwarded-For; without a proxy it is ignored, and need not be logged.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (req, res, next) => {
      res.status(429);
      return onRefused(req, res, next);
    },
  });
}
