interface StatusPage {
  readonly status: number;
  /** After this many seconds, the browser opens the page in `return_to` by itself. */
  readonly retryS?: number;
}

/** The pages that report a problem, by their paths. `proxy.ts` sets their status. */
export const STATUS_PAGES: Readonly<Record<string, StatusPage | undefined>> = {
  "/unavailable": { status: 503, retryS: 5 },
  // As long as the pause between two silent sign-ins.
  "/stale": { status: 503, retryS: 60 },
  "/sign-in-failed": { status: 400 },
};
