import { type Html, html } from "../web/html.ts";

/** The database cannot be reached. The page loads itself again (header `Refresh`). */
export function unavailablePage(path: string): Html {
  return html`<h1>Your profile cannot be read just now</h1>
<p class="lead">You are signed in, and nothing is lost. Pages that need your profile stay closed until it can be read again.</p>
<p>This page tries again by itself every few seconds. <a href="${path}">Try again now</a></p>`;
}

/**
 * A form was sent, but a service that the app needs for it cannot be reached. Only the browser
 * still has what the user typed.
 */
export function notDonePage(): Html {
  return html`<h1>That could not be done just now</h1>
<p class="lead">A service this app needs cannot be reached. Your change may or may not be saved: check this before you send the form again. Going back in your browser shows the form you filled in.</p>
<p><a href="/">Go to the overview</a></p>`;
}

export function accountDeletedPage(): Html {
  return html`<h1>This account has been deleted</h1>
<p class="lead">Nothing was saved.</p><p><a href="/">Go to the overview</a></p>`;
}

/** The app only reads this project, but a form was sent to change it. */
export function readOnlyPage(): Html {
  return html`<h1>This app only reads</h1>
<p class="lead">Nothing was saved: the app was started without the right to change its Supabase project. Start it with <code>--allow-writes</code> to save profiles there.</p><p><a href="/">Go to the overview</a></p>`;
}

/**
 * Supabase answers 401 to a valid access token of Kinde. The reader may be the person who sets up
 * the app, so the page lists what to check.
 */
export function tokenNotAcceptedPage(): Html {
  return html`<h1>Supabase does not accept your access token</h1>
<p class="lead">You are signed in, and nothing was changed. The set-up of this app is not complete.</p>
<p>If you set it up, check three things. <code>docs/supabase-third-party-auth.md</code> has the details:</p>
<ol>
<li>In Kinde, the environment variable <code>SUPABASE_ROLE_CLAIM</code> is <code>authenticated</code>. The page <a href="/token">Token</a> then shows <code>"role": "authenticated"</code>.</li>
<li>In Supabase, under Authentication, Third-Party Auth, there is a custom OIDC provider with your Kinde domain as its issuer URL. This URL must equal <code>iss</code> in the token.</li>
<li>After that, you signed out and in again.</li>
</ol>`;
}

/** Kinde cannot be reached, so no token can be checked. */
export function kindeUnavailablePage(path: string): Html {
  return html`<h1>The sign-in service cannot be reached just now</h1>
<p class="lead">The app cannot check whether you are signed in, so the pages stay closed for the moment.</p>
<p>This page tries again by itself every few seconds. <a href="${path}">Try again now</a></p>`;
}

/**
 * The row grants the claim, but the token does not have it, and every step to a fresh token failed.
 */
export function stalePage(seconds: number): Html {
  return html`<h1>Almost there</h1>
<p class="lead">Your account already has what this page needs, but Kinde still gives out your earlier access token.</p>
<p>This page tries again by itself in ${seconds} s. You can also sign out and in again.</p>`;
}

export function notFoundPage(): Html {
  return html`<h1>There is no such page</h1><p><a href="/">Go to the overview</a></p>`;
}

export function formExpiredPage(): Html {
  return html`<h1>This form is no longer valid</h1>
<p class="lead">Your session has ended, or the form was made for another one. Nothing was changed.</p><p><a href="/">Go to the overview</a></p>`;
}

export function signInFailedPage(reason: string): Html {
  return html`<h1>The sign-in did not work</h1>
<p class="lead">${reason}</p><p class="actions"><a class="button" href="/login">Sign in</a></p>`;
}

export function forbiddenPage(): Html {
  return html`<h1>This page is for the back office</h1>
<p class="lead">Your account does not have the permission that this page needs.</p><p><a href="/">Go to the overview</a></p>`;
}

export function brokenPage(): Html {
  return html`<h1>Something went wrong here</h1>
<p class="lead">The app logged the error. You did not cause it.</p><p><a href="/">Go to the overview</a></p>`;
}

/** Too many sign-ins or forms from one address. */
export function tooManyRequestsPage(): Html {
  return html`<h1>Too many requests</h1>
<p class="lead">Too many requests came from your network within a minute. Nothing was changed. Wait a minute, then try again.</p><p><a href="/">Go to the overview</a></p>`;
}

export function badRequestPage(): Html {
  return html`<h1>This request cannot be read</h1>
<p class="lead">Nothing was changed.</p><p><a href="/">Go to the overview</a></p>`;
}
