"use client";
import { useActionState } from "react";
import { saveForm } from "@/app/profile/saveForm";
import { PROFILE_FIELDS, type ProfileForm } from "@/lib/profiles/profileForm";

/** The profile form. If it has problems, it shows them and keeps what the user typed. */
export function ProfileFormFields({ form, returnTo }: { form: ProfileForm; returnTo: string }) {
  const [state, action, isPending] = useActionState(saveForm, { form, problems: {} });
  const wrong = PROFILE_FIELDS.filter(({ name }) => state.problems[name] !== undefined);
  return (
    <>
      {wrong.length > 0 && (
        <div className="notice bad" role="alert">
          <p>
            <strong>The profile is not saved yet.</strong>
          </p>
          <ul>
            {wrong.map(({ name }) => (
              <li key={name}>
                <a href={`#${name}`}>{state.problems[name]}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {state.hasFailed && (
        <div className="notice bad" role="alert">
          <p>
            <strong>Your profile could not be saved just now.</strong> What you typed is still here:
            save it again in a moment.
          </p>
        </div>
      )}
      <form action={action} className="form" noValidate>
        <input type="hidden" name="return_to" value={returnTo} />
        {PROFILE_FIELDS.map(({ name, label, autocomplete }) => {
          const problem = state.problems[name];
          return (
            <div className="field" key={name}>
              <label htmlFor={name}>{label}</label>
              {problem !== undefined && (
                <p className="problem" id={`${name}-problem`}>
                  {problem}
                </p>
              )}
              <input
                id={name}
                name={name}
                defaultValue={state.form[name]}
                dir="auto"
                autoComplete={autocomplete}
                aria-invalid={problem !== undefined || undefined}
                aria-describedby={problem === undefined ? undefined : `${name}-problem`}
              />
            </div>
          );
        })}
        <button disabled={isPending}>Save profile</button>
      </form>
    </>
  );
}
