import type { User } from "../kinde/loadUser.ts";
import { type Html, html } from "../web/html.ts";
import { claimCards } from "./claims.ts";

/** For somebody who is not signed in. */
export function welcomePage(): Html {
  return html`<h1>Who may go where is in the token</h1>
<p class="lead">At every sign-in Kinde runs a workflow that reads your profile from Supabase and writes two booleans into your access token. This app opens its pages by them, without asking anybody.</p>
<p class="actions"><a class="button" href="/login">Sign in</a> <a class="button second" href="/register">Create an account</a></p>
${doors()}`;
}

/** For somebody who is. */
export function homePage(user: User, name: string): Html {
  return html`<h1>Hello, ${name}</h1>
<p class="lead">This is what your access token says about you.</p>
${claimCards(user.profile)}
${doors(user)}`;
}

/** For somebody who is signed in while Kinde cannot be reached. */
export function uncheckedHomePage(name: string): Html {
  return html`<h1>Hello, ${name}</h1>
<p class="lead">You are signed in. What your access token says could not be checked just now, because Kinde cannot be reached. Load this page again in a moment.</p>
${doors()}`;
}

function doors(user?: User): Html {
  const list = [
    { path: "/profile", name: "Profile", for: "everybody who is signed in", open: true },
    {
      path: "/workspace",
      name: "Workspace",
      for: "users whose profile is complete",
      open: user?.profile.profile_complete,
    },
    {
      path: "/members",
      name: "Members",
      for: "lifetime subscribers",
      open: user?.profile.lifetime_subscriber,
    },
  ];
  return html`<h2>The pages</h2>
<ul class="doors">${list.map(
    (door) =>
      html`<li><a href="${door.path}">${door.name}</a>${
        user &&
        html` <span class="state ${door.open ? "on" : "off"}">${door.open ? "open" : "closed"}</span>`
      } <span class="whom">for ${door.for}</span></li>`,
  )}</ul>`;
}
