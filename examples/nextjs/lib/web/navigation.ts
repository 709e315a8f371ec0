/**
 * Whether the browser itself goes to this address. The router of Next.js fetches an address first,
 * and a server action has its target fetched by the server. For a route that redirects to Kinde, or
 * that may run only once, such a fetch is too early.
 */
export function isNavigation(request: Request): boolean {
  const mode = request.headers.get("sec-fetch-mode");
  return mode === null || mode === "navigate";
}

/** An answer without content. The router of Next.js then lets the browser go to the address. */
export function answerNothing(): Response {
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}
