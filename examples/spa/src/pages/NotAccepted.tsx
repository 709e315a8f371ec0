import { Link } from "react-router";
import { Page } from "../parts/Page.tsx";

/**
 * Supabase answers 401 to an access token of Kinde. The reader may be the person who sets up the
 * app, so the page lists what to check.
 */
export function NotAccepted() {
  return (
    <Page title="Set-up not complete" heading="Supabase does not accept your access token">
      <p className="lead">
        You are signed in, and nothing was changed. The set-up of this app is not complete.
      </p>
      <p>If you set it up, check three things:</p>
      <ol>
        <li>
          In Kinde, the environment variable <code>SUPABASE_ROLE_CLAIM</code> is{" "}
          <code>authenticated</code>. The page <Link to="/token">Token</Link> then shows{" "}
          <code>"role": "authenticated"</code>.
        </li>
        <li>
          In Supabase, under Authentication, Third-Party Auth, your Kinde domain is a custom
          provider. It must equal <code>iss</code> in the token.
        </li>
        <li>After that, you signed out and in again.</li>
      </ol>
    </Page>
  );
}
