import { type Html, html } from "../web/html.ts";
import type { Notice } from "../web/sessions.ts";

const DONE: Record<Notice["kind"], string> = {
  saved: "Your profile is saved.",
  refreshed: "Your token was looked at again.",
  granted: "Lifetime subscription granted.",
  revoked: "Lifetime subscription taken back.",
};

const HOW = {
  none: "Your access token said so already.",
  refresh: "Your access token was refreshed",
  revoke: "Your access token was replaced",
  silent: "You were signed in again silently",
};

/** What the last action did, and whether the token knows. */
export function noticeBox({ kind, freshness }: Notice): Html {
  const bad = freshness?.arrived === false;
  return html`<div class="notice${bad && " bad"}" role="${bad ? "alert" : "status"}">
<p><strong>${DONE[kind]}</strong> ${freshness && tell(freshness)}</p>
</div>`;
}

function tell({ arrived, step, ms }: NonNullable<Notice["freshness"]>): string {
  if (!arrived) {
    return "Kinde still gives out the old access token. What is saved is safe; the pages it opens will open when Kinde issues a new token.";
  }
  return step === "none" ? HOW.none : `${HOW[step]} in ${ms} ms, without a new sign-in.`;
}
