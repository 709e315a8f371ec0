/**
 * The fields of the form, in order. `name` is also the column's name, `autocomplete` is what a
 * browser may fill in, and `empty` is the message for a field that is not filled in.
 */
export const PROFILE_FIELDS = [
  { name: "full_name", label: "Full name", autocomplete: "name", empty: "Enter your full name." },
  {
    name: "company",
    label: "Company",
    autocomplete: "organization",
    empty: "Enter your company. If you have none, enter your own name.",
  },
] as const;

export type ProfileField = (typeof PROFILE_FIELDS)[number]["name"];
export type ProfileForm = { readonly [Field in ProfileField]: string };
export type FormProblems = { readonly [Field in ProfileField]?: string };

/** The same limit as in the table's check constraints. */
const MAX_CHARACTERS = 200;

/** Only blank or invisible characters. Matches the same strings as `private.is_blank` in SQL. */
const BLANKS = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]*$/u;
const CONTROLS = /\p{Cc}/u;

/**
 * Reads the posted form and finds the problems in it. It always returns the values that the user
 * typed, so that the page can show them again.
 *
 * @param body the parsed body of the request; it may be anything, and is checked
 */
export function readProfileForm(body: unknown): { form: ProfileForm; problems: FormProblems } {
  const posted = typeof body === "object" && body !== null ? body : {};
  const form: Record<string, string> = {};
  const problems: Partial<Record<ProfileField, string>> = {};
  for (const { name, label, empty } of PROFILE_FIELDS) {
    const value: unknown = Object.hasOwn(posted, name) ? posted[name as keyof typeof posted] : "";
    const text = typeof value === "string" ? value.trim() : "";
    form[name] = text;
    // Counts code points, as char_length does.
    const length = [...text].length;
    if (BLANKS.test(text)) {
      problems[name] = empty;
    } else if (length > MAX_CHARACTERS) {
      problems[name] =
        `${label} can have ${MAX_CHARACTERS} characters at most; this has ${length}.`;
    } else if (CONTROLS.test(text)) {
      problems[name] =
        `${label} holds a character that cannot be saved. Type the whole text again.`;
    }
  }
  return { form: form as ProfileForm, problems };
}
