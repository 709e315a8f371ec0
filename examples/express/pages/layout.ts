import type { Response } from "express";
import { nameOf } from "../kinde/tokens.ts";
import { CSRF_FIELD } from "../web/csrf.ts";
import { type Html, html } from "../web/html.ts";
import { noticeBox } from "./notice.ts";
import { userText } from "./userText.ts";

export const BACK_OFFICE_PERMISSION = "grant:subscriptions";
/** The setting of the Express app that says whether there is a back office. */
export const BACK_OFFICE = "back office";

const LINKS = [
  { path: "/", text: "Overview" },
  { path: "/profile", text: "Profile" },
  { path: "/workspace", text: "Workspace" },
  { path: "/members", text: "Members" },
  { path: "/token", text: "Token" },
];

/** The hidden field that proves that a form belongs to this session. */
export function csrfField(res: Response): Html {
  return html`<input type="hidden" name="${CSRF_FIELD}" value="${res.locals.session?.csrfToken}">`;
}

/**
 * Sends a page: the notice of the last action, the content, and for a signed-in user also the
 * navigation and the user's name.
 */
export function sendPage(res: Response, title: string, content: Html): void {
  const { user, unchecked, session } = res.locals;
  const here = res.req.originalUrl.split("?")[0];
  const links =
    res.app.enabled(BACK_OFFICE) && user?.permissions.includes(BACK_OFFICE_PERMISSION)
      ? [...LINKS, { path: "/back-office", text: "Back office" }]
      : LINKS;
  const navigation = html`<nav aria-label="Main"><ul>${links.map(
    ({ path, text }) =>
      html`<li><a href="${path}"${path === here && html` aria-current="page"`}>${text}</a></li>`,
  )}</ul></nav>
<p class="who">Signed in as <strong>${session && userText(nameOf(session))}</strong></p>
<form method="post" action="/logout" class="sign-out">${csrfField(res)}<button class="quiet">Sign out</button></form>`;
  const notice = session?.notice;
  // A notice is shown once, so it is removed from the session.
  if (session) session.notice = undefined;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Profile claims</title>
<link rel="stylesheet" href="/app.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header><div class="bar"><a class="brand" href="/">Profile claims</a>${user || unchecked ? navigation : ""}</div></header>
<main id="content">
${notice && noticeBox(notice)}
${content}
</main>
</body>
</html>
`;
  res.type("html").send(page.markup);
}
