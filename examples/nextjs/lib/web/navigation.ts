/**
 * Whether the browser itself navigates to this address. Before that, Next.js may fetch the address:
 * its router fetches the target of a link, and its server fetches the target of a redirect in a
 * server action. A route that redirects to Kinde, or that may run only once, must not run for such
 * a fetch.
 */
export function isNavigation(request: Request): boolean {
  const mode = request.headers.get("sec-fetch-mode");
  return mode === null || mode === "navigate";
}

/** An answer without content. The router of Next.js then lets the browser navigate there. */
export function answerNothing(): Response {
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}
