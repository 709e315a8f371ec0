import type { Response } from "express";
import { type FormProblems, PROFILE_FIELDS, type ProfileForm } from "../profiles/profileForm.ts";
import { type Html, html } from "../web/html.ts";
import { csrfField } from "./layout.ts";

/** The profile form, with the values that the user typed and the problems in them. */
export function profilePage(
  res: Response,
  {
    form,
    problems = {},
    failed = false,
    returnTo,
    complete,
  }: {
    form: ProfileForm;
    problems?: FormProblems;
    /** The form has no problems, but could not be saved. */
    failed?: boolean;
    returnTo: string;
    /** Whether the row has a complete profile. Absent if the row was not read. */
    complete?: boolean;
  },
): Html {
  const wrong = PROFILE_FIELDS.filter(({ name }) => problems[name] !== undefined);
  return html`<h1>Your profile</h1>
${
  returnTo !== "/" && complete !== true
    ? html`<p class="lead">Fill in your profile to go on to <code>${returnTo}</code>.</p>`
    : html`<p class="lead">${complete ? "Your profile is complete." : "Fill in both fields to make your profile complete."}</p>`
}
${
  wrong.length > 0 &&
  html`<div class="notice bad" role="alert"><p><strong>The profile is not saved yet.</strong></p>
<ul>${wrong.map(({ name }) => html`<li><a href="#${name}">${problems[name]}</a></li>`)}</ul></div>`
}
${
  failed &&
  html`<div class="notice bad" role="alert"><p><strong>Your profile could not be saved just now.</strong> What you typed is still here: save it again in a moment.</p></div>`
}
<form method="post" action="/profile" class="form" novalidate>
${csrfField(res)}
<input type="hidden" name="return_to" value="${returnTo}">
${PROFILE_FIELDS.map(({ name, label, autocomplete }) => {
  const problem = problems[name];
  return html`<div class="field">
<label for="${name}">${label}</label>
${problem !== undefined && html`<p class="problem" id="${name}-problem">${problem}</p>`}
<input id="${name}" name="${name}" value="${form[name]}" dir="auto" autocomplete="${autocomplete}"${
    problem !== undefined && html` aria-invalid="true" aria-describedby="${name}-problem"`
  }>
</div>`;
})}
<button>Save profile</button>
</form>`;
}
