import type { ErrorOut, KoaContextWithOIDC } from "oidc-provider";
import { escapeHtml, page } from "./page.ts";

/** The page for an authorization request that cannot be answered with a redirect to the app. */
export function showError(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  ctx.type = "html";
  ctx.body = errorPage(out.error, out.error_description);
}

export function errorPage(error: string, description = ""): string {
  return page(
    "Something is wrong",
    `<h1>This request cannot be answered</h1>
<p><code>${escapeHtml(error)}</code></p>
<p>${escapeHtml(description)}</p>`,
  );
}
