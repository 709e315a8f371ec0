"use server";
import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/requireUser";
import { profileClaims } from "@/lib/claims/profileClaims";
import { freshen } from "@/lib/freshness/freshen";
import { type Profile, saveProfile } from "@/lib/profiles/ownProfile";
import { type FormProblems, type ProfileForm, readProfileForm } from "@/lib/profiles/profileForm";
import { ProfileStoreError } from "@/lib/profiles/ProfileStoreError";
import { profilePath, silentPath, unavailablePath } from "@/lib/web/paths";
import { readReturnTo } from "@/lib/web/readReturnTo";

export interface FormState {
  readonly form: ProfileForm;
  readonly problems: FormProblems;
  /** The form has no problems, but could not be saved. */
  readonly hasFailed?: boolean;
}

/** Saves the form, fetches a token with the new claim, and redirects to the next page. */
export async function saveForm(_before: FormState, data: FormData): Promise<FormState> {
  const returnTo = readReturnTo(data.get("return_to"));
  const user = await requireUser(profilePath(returnTo));
  const { form, problems } = readProfileForm(Object.fromEntries(data));
  if (Object.keys(problems).length > 0) return { form, problems };
  let row: Profile;
  try {
    row = await saveProfile(user, form);
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    console.error(`save_profile failed reason=${JSON.stringify(error.message)}`);
    if (error.code === "TOKEN_NOT_ACCEPTED") redirect(unavailablePath("set-up", "/profile"));
    return { form, problems, hasFailed: true };
  }
  const { arrived } = await freshen(user, profileClaims.read(row));
  const next = returnTo === "/" ? "/profile?saved=yes" : returnTo;
  redirect(arrived ? next : silentPath(next));
}
