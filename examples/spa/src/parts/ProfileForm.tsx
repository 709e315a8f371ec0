import { type FormEvent, useState } from "react";
import {
  type ProfileForm as Form,
  type FormProblems,
  PROFILE_FIELDS,
} from "../profiles/profileForm.ts";
import { useSaveProfile } from "../profiles/useSaveProfile.ts";
import { Field } from "./Field.tsx";

interface Props {
  readonly values: Form;
  /** The page that needs the profile and opens after saving; "/" if there is no such page. */
  readonly returnTo: string;
}

/** The profile form, with the problems in it. */
export function ProfileForm({ values, returnTo }: Props) {
  const { save, phase, problems } = useSaveProfile(returnTo);
  // When the row is read again, the fields keep what the user typed.
  const [initial] = useState(values);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return (
    <form className="form" noValidate onSubmit={submit} aria-busy={phase === "saving"}>
      <Problems problems={problems} />
      {phase === "failed" && (
        <div className="notice bad" role="alert">
          <p>
            <strong>Your profile could not be saved just now.</strong> What you typed is still here:
            save it again in a moment.
          </p>
        </div>
      )}
      {PROFILE_FIELDS.map(({ name, label, autocomplete }) => (
        <Field
          key={name}
          name={name}
          label={label}
          autoComplete={autocomplete}
          value={initial[name]}
          problem={problems[name]}
        />
      ))}
      <button disabled={phase === "saving" || phase === "saved"}>Save profile</button>
      <p role="status">
        {phase === "saved" && "Your profile is saved. A fresh access token is being fetched."}
      </p>
    </form>
  );
}

/** All problems, each with a link to its field. */
function Problems({ problems }: { problems: FormProblems }) {
  const wrong = PROFILE_FIELDS.filter(({ name }) => problems[name] !== undefined);
  if (wrong.length === 0) return null;
  return (
    <div className="notice bad" role="alert">
      <p>
        <strong>The profile is not saved yet.</strong>
      </p>
      <ul>
        {wrong.map(({ name }) => (
          <li key={name}>
            <a href={`#${name}`}>{problems[name]}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
