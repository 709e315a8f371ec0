import { Page } from "../parts/Page.tsx";
import type { SignInFailure } from "../session/signInFailure.ts";

export function SignInFailed({ failure }: { failure: SignInFailure }) {
  return (
    <Page title="Sign-in failed" heading="The sign-in did not work">
      <p className="lead">{failure.sentence}</p>
      <p className="actions">
        {/* A plain link loads the whole app again, so that the app forgets the failure. */}
        <a className="button" href="/login">
          Sign in
        </a>
      </p>
    </Page>
  );
}
