import type { Response } from "express";
import type { User } from "../kinde/loadUser.ts";
import { profileClaims } from "../profileClaims.ts";
import { type Html, html } from "../web/html.ts";
import { type AccountClaims, claimCards } from "./claims.ts";
import { csrfField } from "./layout.ts";

/**
 * Matches a line of the printed token that has a profile claim. Claims are indented by two spaces.
 */
const PROFILE_CLAIM = new RegExp(`^ {2}"(${profileClaims.names.join("|")})":`);

/** Shows the decoded access token: the profile claims as cards, and below them the whole token. */
export function tokenPage(res: Response, user: User, account: AccountClaims): Html {
  const { payload } = user.token;
  const lines = JSON.stringify(payload, null, 2).split("\n");
  return html`<h1>Your access token</h1>
${claimCards(user.profile, account)}
<p>Issued ${time(payload.iat)}, valid until ${time(payload.exp)}. Before the app used the token, it checked the signature, the issuer, the times, and that the token is for this app.</p>
<form method="post" action="/token/refresh">${csrfField(res)}<button>Fetch a fresh token</button></form>
<h2>Everything in it</h2>
<pre class="token" tabindex="0" role="region" aria-label="Decoded access token"><code>${lines.map(
    (line) => (PROFILE_CLAIM.test(line) ? html`<mark>${line}</mark>\n` : html`${line}\n`),
  )}</code></pre>`;
}

function time(seconds: number): Html {
  const iso = new Date(seconds * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")} UTC</time>`;
}
