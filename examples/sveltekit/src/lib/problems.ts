/** A problem that has its own page, which `+error.svelte` shows. */
export interface Problem {
  readonly title: string;
  readonly text: string;
  /** What the person who sets up the app has to check. */
  readonly steps?: readonly string[];
  readonly next: "sign in" | "try again" | "overview";
}

export const PROBLEMS = {
  PROFILE_UNREADABLE: {
    title: "Your profile cannot be read just now",
    text: "You are signed in, and nothing is lost. Pages that need your profile stay closed until it can be read again.",
    next: "try again",
  },
  TOKEN_NOT_ACCEPTED: {
    title: "Supabase does not accept your access token",
    text: "You are signed in, and nothing was changed. The set-up of this app is not complete. If you set it up, check three things:",
    steps: [
      "In Kinde, the environment variable SUPABASE_ROLE_CLAIM is “authenticated”. The page Token then shows it as the claim “role”.",
      "In Supabase, under Authentication, Third-Party Auth, your Kinde domain is a provider. It must equal “iss” in the token.",
      "After that, you signed out and in again.",
    ],
    next: "overview",
  },
  KINDE_AWAY: {
    title: "The sign-in service cannot be reached just now",
    text: "The app cannot check who you are, so the pages stay closed for the moment.",
    next: "try again",
  },
  NOT_BEGUN_HERE: {
    title: "The sign-in did not work",
    text: "This sign-in was begun in another browser, has been used already, or was begun more than ten minutes ago. Sign in again.",
    next: "sign in",
  },
  REFUSED: {
    title: "The sign-in did not work",
    text: "Kinde did not let you in. Sign in again.",
    next: "sign in",
  },
  NO_ANSWER: {
    title: "The sign-in did not work",
    text: "Kinde did not answer in time, or its answer was not as expected. Sign in again in a moment.",
    next: "sign in",
  },
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof PROBLEMS;
