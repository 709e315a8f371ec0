import { CLAIMS } from "../claims.ts";
import { type ProfileClaim, type ProfileClaims, profileClaims } from "../profileClaims.ts";
import { type Html, html } from "../web/html.ts";

/** A user's claims in the database, or undefined if the database could not be read. */
export type AccountClaims = ProfileClaims | undefined;

export const COULD_NOT_BE_CHECKED = "Your account could not be checked just now.";

/**
 * The claims in the token, each with a sentence about the account. A token that was issued while
 * the database was away has the same claims as the token of a user without a profile, so the
 * sentence never comes from the token alone.
 */
export function claimCards(token: ProfileClaims, account: AccountClaims): Html {
  return html`<dl class="claims">${profileClaims.names.map(
    (name) => html`<div class="${styleOf(name, token, account)}">
<dt>${CLAIMS[name].label} <code>${name}</code></dt>
<dd><strong>${String(token[name])}</strong> <span>${sentence(name, token, account)}</span></dd>
</div>`,
  )}</dl>`;
}

function styleOf(name: ProfileClaim, token: ProfileClaims, account: AccountClaims): string {
  if (account === undefined) return "unknown";
  return token[name] === CLAIMS[name].whenAbsent ? "off" : "on";
}

function sentence(name: ProfileClaim, token: ProfileClaims, account: AccountClaims): string {
  if (account === undefined) return COULD_NOT_BE_CHECKED;
  const states: Readonly<Record<string, string>> = CLAIMS[name].states;
  const state = states[String(account[name])] ?? "";
  return account[name] === token[name] ? state : `${state} Your access token does not say so yet.`;
}
