import type { User } from "../kinde/loadUser.ts";
import type { BooleanClaim } from "../profileClaims.ts";
import { type Html, html } from "../web/html.ts";
import { type AccountClaims, claimCards } from "./claims.ts";
import { userText } from "./userText.ts";

/** For a visitor who is not signed in. */
export function welcomePage(): Html {
  return html`<h1>Your token decides what opens</h1>
<p class="lead">At every sign-in Kinde runs a workflow that reads your profile from Supabase and writes claims about it into your access token. The claims open the pages, without a call to Kinde or Supabase.</p>
<p class="actions"><a class="button" href="/login">Sign in</a> <a class="button second" href="/register">Create an account</a></p>
${doors(() => undefined)}`;
}

/** For a signed-in user. */
export function homePage(user: User, name: string, account: AccountClaims): Html {
  return html`<h1>Hello, ${userText(name)}</h1>
<p class="lead">This is what your access token says about you.</p>
${claimCards(user.profile, account)}
${doors((claim) => stateOf(claim, user, account))}`;
}

/** For a signed-in user while Kinde cannot be reached. */
export function uncheckedHomePage(name: string): Html {
  return html`<h1>Hello, ${userText(name)}</h1>
<p class="lead">You are signed in. Your access token could not be checked just now, because Kinde cannot be reached. Load this page again in a moment.</p>
${doors(() => undefined)}`;
}

interface Door {
  readonly path: string;
  readonly name: string;
  readonly for: string;
  readonly claim?: BooleanClaim;
}

const DOORS: readonly Door[] = [
  { path: "/profile", name: "Profile", for: "everybody who is signed in" },
  {
    path: "/workspace",
    name: "Workspace",
    for: "users whose profile is complete",
    claim: "profile_complete",
  },
  { path: "/members", name: "Members", for: "lifetime subscribers", claim: "lifetime_subscriber" },
];

const STATES = {
  open: { style: "on", text: "open" },
  closed: { style: "off", text: "closed" },
  unknown: { style: "unknown", text: "could not be checked" },
};

/**
 * If the token has the claim, the page is open. If not, the account decides, because it may be
 * newer than the token.
 */
function stateOf(
  claim: BooleanClaim | undefined,
  user: User,
  account: AccountClaims,
): keyof typeof STATES {
  if (claim === undefined || user.profile[claim]) return "open";
  if (account === undefined) return "unknown";
  return account[claim] ? "open" : "closed";
}

function doors(
  stateFor: (claim: BooleanClaim | undefined) => keyof typeof STATES | undefined,
): Html {
  return html`<h2>The pages</h2>
<ul class="doors">${DOORS.map((door) => {
    const state = stateFor(door.claim);
    return html`<li><a href="${door.path}">${door.name}</a>${
      state && html` <span class="state ${STATES[state].style}">${STATES[state].text}</span>`
    } <span class="for">for ${door.for}</span></li>`;
  })}</ul>`;
}
