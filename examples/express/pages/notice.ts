import { type Html, html } from "../web/html.ts";
import type { Notice } from "../web/sessions.ts";
import { maskUserId, userText } from "./userText.ts";

const HOW = {
  none: "Your access token already has these claims.",
  refresh: "Your access token was refreshed",
  revoke: "Your access token was replaced",
  silent: "Kinde replaced your access token silently",
};

const STILL_OLD = "Kinde still gives out the earlier access token.";

/** What the last action did, and whether the access token shows it. */
export function noticeBox({ kind, freshness, about }: Notice): Html {
  if (kind === "refreshed" && freshness?.arrived === false) {
    return html`<div class="notice bad" role="alert"><p><strong>There is no fresh token yet.</strong> ${STILL_OLD} Try again in a moment.</p></div>`;
  }
  return html`<div class="notice" role="status"><p><strong>${DONE[kind]}</strong>${
    about &&
    html` For ${about.name ? userText(about.name) : "the user"} (<code>${maskUserId(about.userId)}</code>).`
  }${freshness?.arrived && html` ${describe(freshness)}`}</p></div>${
    freshness?.arrived === false &&
    html`<div class="notice waiting" role="status"><p>${STILL_OLD} Your change is saved. It takes effect on the pages when Kinde issues a new token.</p></div>`
  }`;
}

const DONE: Record<Notice["kind"], string> = {
  saved: "Your profile is saved.",
  refreshed: "You have a fresh access token.",
  checked: "Checked just now: your account has no lifetime subscription yet.",
  granted: "Lifetime subscription granted.",
  revoked: "Lifetime subscription taken back.",
};

function describe({ rung, ms }: NonNullable<Notice["freshness"]>): string {
  return rung === "none" ? HOW.none : `${HOW[rung]} in ${ms} ms, without a new sign-in.`;
}
