/**
 * Supabase answers 401 to a valid access token. The reader may be the person who sets up the app,
 * so the page lists what to check.
 */
export function SetUpSteps({ returnTo }: { returnTo: string }) {
  return (
    <>
      <h1>Supabase does not accept your access token</h1>
      <p className="lead">
        You are signed in, and nothing was changed. The set-up of this app is not complete.
      </p>
      <p>If you set it up, check three things:</p>
      <ol>
        <li>
          In Kinde, the environment variable <code>SUPABASE_ROLE_CLAIM</code> is{" "}
          <code>authenticated</code>. The page <a href="/token">Token</a> then shows{" "}
          <code>&quot;role&quot;: &quot;authenticated&quot;</code>.
        </li>
        <li>
          In Supabase, under Authentication, Third-Party Auth, your Kinde domain is a custom
          provider. It must equal <code>iss</code> in the token.
        </li>
        <li>After that, you signed out and in again.</li>
      </ol>
      <p>
        <a href={returnTo}>Try again now</a>
      </p>
    </>
  );
}
