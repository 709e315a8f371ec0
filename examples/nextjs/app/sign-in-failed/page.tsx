import { type SignInFailure, signInPath } from "@/lib/web/paths";

export const metadata = { title: "Sign-in" };

const SENTENCES: Readonly<Record<SignInFailure, string>> = {
  "not-begun-here":
    "This sign-in was begun in another browser, or has been used already. Sign in again.",
  refused: "Kinde did not let you in. Sign in again, or with another account.",
  exchange: "Kinde did not answer in time, or its answer was not as expected. Sign in again in a moment.",
  token: "The access token from Kinde is not for this app. Sign in again.",
};

interface Props {
  searchParams: Promise<{ reason?: string | string[] }>;
}

/**
 * Shown for a callback that failed: it holds an error, was used before, belongs to another browser,
 * or brought no token that this app accepts.
 */
export default async function Page({ searchParams }: Props) {
  const reason = String((await searchParams).reason);
  const sentence = Object.entries(SENTENCES).find(([key]) => key === reason)?.[1];
  return (
    <>
      <h1>The sign-in did not work</h1>
      <p className="lead">{sentence ?? "Sign in again."}</p>
      <p className="actions">
        <a className="button" href={signInPath("/")}>
          Sign in
        </a>
      </p>
    </>
  );
}
