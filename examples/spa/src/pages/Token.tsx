import { useState } from "react";
import { useNavigate } from "react-router";
import { profileClaims } from "../claims/profileClaims.ts";
import { ClaimCards } from "../parts/ClaimCards.tsx";
import { DecodedToken } from "../parts/DecodedToken.tsx";
import { Page } from "../parts/Page.tsx";
import { Verification } from "../parts/Verification.tsx";
import { useOwnProfile } from "../profiles/useOwnProfile.ts";
import { noticeOf, withNotice } from "../session/notice.ts";
import { useSession, useUser } from "../session/sessionContext.ts";
import type { Settings } from "../settings/readSettings.ts";

/** Shows the decoded access token: the profile claims as cards, and below them the whole token. */
export function Token({ settings }: { settings: Settings }) {
  const { claims, payload, accessToken, profile } = useUser();
  const { freshen } = useSession();
  const { reading } = useOwnProfile();
  const navigate = useNavigate();
  const [isFetching, setIsFetching] = useState(false);

  async function refresh(): Promise<void> {
    setIsFetching(true);
    // If the row cannot be read, the claims of the present token are expected.
    const expected = await profile.open().then(profileClaims.read, () => claims);
    const options = { returnTo: "/token", notice: "refreshed", requireNewToken: true } as const;
    const freshness = await freshen(expected, options);
    if (freshness.kind === "leaving") return;
    setIsFetching(false);
    const notice = noticeOf("refreshed", freshness);
    await navigate("/token", { replace: true, state: withNotice(notice) });
  }

  return (
    <Page title="Token" heading="Your access token">
      <ClaimCards token={claims} account={reading} />
      <p>
        Issued <Time seconds={payload.iat} />, valid until <Time seconds={payload.exp} />.
      </p>
      <Verification key={accessToken} accessToken={accessToken} settings={settings} />
      <button type="button" disabled={isFetching} onClick={() => void refresh()}>
        Fetch a fresh token
      </button>
      <h2>Everything in it</h2>
      <DecodedToken payload={payload} />
    </Page>
  );
}

function Time({ seconds }: { seconds: unknown }) {
  const iso = new Date(Number(seconds) * 1000).toISOString();
  return <time dateTime={iso}>{iso.slice(0, 19).replace("T", " ")} UTC</time>;
}
