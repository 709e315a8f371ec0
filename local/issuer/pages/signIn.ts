import type { NewUser, User } from "../users.ts";
import { escapeHtml, page } from "./page.ts";

/** The fields of the form for a new user. */
export type NewAccount = Pick<NewUser, "givenName" | "familyName" | "email">;

/** The users to choose from, and a form to make a new one, filled in with `account`. */
export function signInPage(options: {
  uid: string;
  users: readonly User[];
  register: boolean;
  problem?: string | undefined;
  account?: NewAccount | undefined;
}): string {
  const { uid, users, register, problem, account } = options;
  const inputValue = (field: keyof NewAccount) => `value="${escapeHtml(account?.[field] ?? "")}"`;
  const action = `/sign-in/${escapeHtml(uid)}`;
  const list = users
    .map(
      (user) => `<li><button name="user" value="${escapeHtml(user.id)}">
<strong>${escapeHtml(`${user.givenName} ${user.familyName}`)}</strong>
<span>${escapeHtml(user.email)}${user.note ? `, ${escapeHtml(user.note)}` : ""}</span>
</button></li>`,
    )
    .join("\n");
  const choose = `<form method="post" action="${action}"><ul>${list}</ul></form>`;
  const create = `<form method="post" action="${action}" class="card">
<label for="given_name">First name</label>
<input id="given_name" name="given_name" ${inputValue("givenName")} autocomplete="off" required maxlength="60">
<label for="family_name">Last name</label>
<input id="family_name" name="family_name" ${inputValue("familyName")} autocomplete="off" required maxlength="60">
<label for="email">Email</label>
<input id="email" name="email" type="email" ${inputValue("email")} autocomplete="off" required maxlength="200">
<button class="primary">Create account</button>
</form>`;
  const told = problem ? `<p class="bad" role="alert">${escapeHtml(problem)}</p>` : "";
  const body = register
    ? `<h1>Create an account</h1>${told}${create}<h2>Or sign in as</h2>${choose}`
    : `<h1>Sign in as</h1>${told}${choose}<h2>Or create an account</h2>${create}`;
  return page(register ? "Create an account" : "Sign in", body);
}
