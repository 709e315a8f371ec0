import { Link } from "react-router";
import { ClaimCards } from "../parts/ClaimCards.tsx";
import { Doors } from "../parts/Doors.tsx";
import { Page } from "../parts/Page.tsx";
import { UserText } from "../parts/UserText.tsx";
import { useOwnProfile } from "../profiles/useOwnProfile.ts";
import { useSession, useUser } from "../session/sessionContext.ts";

export function Home() {
  const { user } = useSession();
  return user ? <Overview /> : <Welcome />;
}

/** For a visitor who is not signed in. */
function Welcome() {
  return (
    <Page title="Overview" heading="Your token decides what opens">
      <p className="lead">
        At every sign-in Kinde runs a workflow that reads your profile from Supabase and writes
        claims about it into your access token. The claims open the pages, without a call to Kinde
        or Supabase.
      </p>
      <p className="actions">
        <Link className="button" to="/login">
          Sign in
        </Link>{" "}
        <Link className="button second" to="/register">
          Create an account
        </Link>
      </p>
      <Doors />
    </Page>
  );
}

/** For a signed-in user. */
function Overview() {
  const { name, claims } = useUser();
  const { reading } = useOwnProfile();
  const heading = (
    <>
      Hello, <UserText>{name}</UserText>
    </>
  );
  return (
    <Page title="Overview" heading={heading}>
      <p className="lead">This is what your access token says about you.</p>
      <ClaimCards token={claims} account={reading} />
      <Doors token={claims} account={reading} />
    </Page>
  );
}
