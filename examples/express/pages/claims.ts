import type { ProfileClaim, ProfileClaims } from "../tokens/readProfileClaims.ts";
import { type Html, html } from "../web/html.ts";

const MEANING: Record<ProfileClaim, { true: string; false: string }> = {
  profile_complete: {
    true: "The profile form is filled in.",
    false: "The profile form is not filled in.",
  },
  lifetime_subscriber: {
    true: "A lifetime subscription is on.",
    false: "There is no lifetime subscription.",
  },
};

/** The two claims, as they stand in the token. */
export function claimCards(claims: ProfileClaims): Html {
  const names = Object.keys(MEANING) as ProfileClaim[];
  return html`<dl class="claims">${names.map(
    (name) => html`<div class="${claims[name] ? "on" : "off"}">
<dt><code>${name}</code></dt>
<dd><strong>${String(claims[name])}</strong> <span>${MEANING[name][claims[name] ? "true" : "false"]}</span></dd>
</div>`,
  )}</dl>`;
}
