import type { Response } from "express";
import type { Profile } from "../profiles/profile.ts";
import { type Html, html } from "../web/html.ts";
import { csrfField } from "./layout.ts";
import { userText } from "./userText.ts";

/** Lists the latest profiles, each with a button that grants or takes back the subscription. */
export function backOfficePage(res: Response, profiles: readonly Profile[]): Html {
  return html`<h1>Back office</h1>
<p class="lead">Grant or take back a lifetime subscription. The app tells Kinde at once, so the user's next access token shows the change.</p>
<ul class="people">${profiles.map((profile) => {
    const name = profile.full_name.trim();
    const { kinde_id, lifetime_subscriber: subscribed } = profile;
    return html`<li>
<div><strong>${name ? userText(name) : "No name yet"}</strong> <span>${userText(profile.company)}</span>
<code>${kinde_id}</code></div>
<form method="post" action="/back-office">${csrfField(res)}
<input type="hidden" name="user" value="${kinde_id}">
<button name="granted" value="${subscribed ? "no" : "yes"}"${subscribed && html` class="quiet"`}>${
      subscribed ? "Take back" : "Grant"
    }<span class="for-screen-readers"> the subscription of ${userText(name || kinde_id)}</span></button>
</form>
</li>`;
  })}</ul>`;
}
