import { useState } from "react";
import { useNavigate } from "react-router";
import { profileClaims } from "../claims/profileClaims.ts";
import { ClaimCards } from "../parts/ClaimCards.tsx";
import { DecodedToken } from "../parts/DecodedToken.tsx";
import { Page } from "../parts/Page.tsx";
import { Verification } from "../parts/Verification.tsx";
import { useOwnProfile } from "../profiles/useOwnProfile.ts";
import { type Notice, withNotice } from "../session/notice.ts";
import { useSession, useUser } from "../session/sessionContext.ts";
import type { Settings } from "../settings/readSettings.ts";
import { KindeAway } from "./KindeAway.tsx";

const NOT_FRESH: Notice = { kind: "refreshed", freshness: { arrived: false, rung: "none", ms: 0 } };

/** The access token, decoded: the profile claims as cards, and everything in it below. */
export function Token({ settings }: { settings: Settings }) {
  const { claims, payload, accessToken, profile } = useUser();
  const { freshen } = useSession();
  const { reading } = useOwnProfile();
  const navigate = useNavigate();
  const [phase, setPhase] = useState<"idle" | "fetching" | "away">("idle");

  async function refresh(): Promise<void> {
    setPhase("fetching");
    // Without the row there is nothing to compare with: any new token will do.
    const expected = await profile.open().then(profileClaims.read, () => claims);
    const options = { returnTo: "/token", notice: "refreshed", requireNewToken: true } as const;
    const freshness = await freshen(expected, options);
    if (freshness.kind === "leaving") return;
    setPhase(freshness.kind === "away" ? "away" : "idle");
    const notice = freshness.kind === "arrived" ? freshness.notice : NOT_FRESH;
    await navigate("/token", { replace: true, state: withNotice(notice) });
  }

  if (phase === "away") return <KindeAway />;
  return (
    <Page title="Token" heading="Your access token">
      <ClaimCards token={claims} account={reading} />
      <Verification key={accessToken} accessToken={accessToken} settings={settings} />
      <button type="button" disabled={phase === "fetching"} onClick={() => void refresh()}>
        Fetch a fresh token
      </button>
      <h2>Everything in it</h2>
      <DecodedToken payload={payload} />
    </Page>
  );
}
