import type { Response } from "express";
import type { Profile } from "../profiles/profile.ts";
import { type Html, html } from "../web/html.ts";
import { csrfField } from "./layout.ts";

/** The latest profiles, and the switch of each one's subscription. */
export function backOfficePage(res: Response, profiles: readonly Profile[]): Html {
  return html`<h1>Back office</h1>
<p class="lead">Grant or take back a lifetime subscription. Kinde is told at once; the user's next token has it.</p>
<ul class="people">${profiles.map(
    (profile) => html`<li>
<div><strong>${profile.full_name.trim() || "No name yet"}</strong> <span>${profile.company}</span>
<code>${profile.kinde_id}</code></div>
<form method="post" action="/back-office">${csrfField(res)}
<input type="hidden" name="user" value="${profile.kinde_id}">
<button name="granted" value="${profile.lifetime_subscriber ? "no" : "yes"}" class="${profile.lifetime_subscriber ? "quiet" : ""}">${
      profile.lifetime_subscriber ? "Take back" : "Grant"
    }<span class="for-screen-readers"> the subscription of ${profile.full_name.trim() || profile.kinde_id}</span></button>
</form>
</li>`,
  )}</ul>`;
}
