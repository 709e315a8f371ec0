import type { Response } from "express";
import { type Html, html } from "../web/html.ts";
import { csrfField } from "./layout.ts";

const PROJECTS = ["Analytical engine", "Flight paths", "Compiler"];

/** The page for users with the claim `profile_complete`. */
export function workspacePage(): Html {
  return html`<h1>Workspace</h1>
<p class="lead">This page is open because your access token has <code>profile_complete: true</code>.</p>
<h2>Projects</h2>
<ul>${PROJECTS.map((project) => html`<li>${project}</li>`)}</ul>
<p>With such a token, this page opens without a request to Kinde or Supabase.</p>`;
}

/** The page for users with the claim `lifetime_subscriber`. */
export function membersPage(): Html {
  return html`<h1>Members</h1>
<p class="lead">This page is open because your access token has <code>lifetime_subscriber: true</code>. Welcome, for life.</p>
<p><a href="/members/handbook" download="handbook.txt">Members' handbook</a></p>`;
}

/** The file that only members may download. */
export const HANDBOOK = `The members' handbook

You can read this because your access token has the claim lifetime_subscriber.
The app checked the claim again when you asked for this file.
`;

/** For a user whose account has no subscription. */
export function noSubscriptionPage(res: Response): Html {
  return html`<h1>For lifetime subscribers</h1>
<p class="lead">Your account has no lifetime subscription. When you have bought one, this page opens: it checks your account at every visit.</p>
<form method="post" action="/members">${csrfField(res)}<button>Check again</button></form>`;
}
