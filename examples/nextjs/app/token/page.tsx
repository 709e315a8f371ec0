import { TokenClaims } from "@/app/token/TokenClaims";
import { requireUser } from "@/lib/auth/requireUser";
import { profileClaims } from "@/lib/claims/profileClaims";
import { readAccount } from "@/lib/profiles/readAccount";

export const metadata = { title: "Token" };

/**
 * Matches a line of the printed token that has a profile claim. Claims are indented by two spaces.
 */
const PROFILE_CLAIM = new RegExp(`^ {2}"(${profileClaims.names.join("|")})":`);

export default async function Page() {
  const user = await requireUser("/token");
  const account = await readAccount(user);
  const { payload } = user;
  return (
    <>
      <h1>Your access token</h1>
      <TokenClaims token={user.claims} account={account?.claims}>
        <p>
          Issued <Time seconds={payload.iat} />, valid until <Time seconds={payload.exp} />. Before
          this page used the token, the app checked the signature, the issuer, the times, and that
          the token is for this app.
        </p>
      </TokenClaims>
      <h2>Everything in it</h2>
      <pre className="token" tabIndex={0} role="region" aria-label="Decoded access token">
        <code>
          {JSON.stringify(payload, null, 2)
            .split("\n")
            .map((line, index) => (
              <span key={index}>{PROFILE_CLAIM.test(line) ? <mark>{line}</mark> : line}{"\n"}</span>
            ))}
        </code>
      </pre>
    </>
  );
}

function Time({ seconds }: { seconds: number }) {
  const iso = new Date(seconds * 1000).toISOString();
  return <time dateTime={iso}>{iso.slice(0, 19).replace("T", " ")} UTC</time>;
}
