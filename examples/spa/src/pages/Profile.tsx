import { useSearchParams } from "react-router";
import { Page } from "../parts/Page.tsx";
import { ProfileForm } from "../parts/ProfileForm.tsx";
import { useOwnProfile } from "../profiles/useOwnProfile.ts";
import { readReturnTo } from "../session/returnTo.ts";
import { ProfileUnavailable } from "./ProfileUnavailable.tsx";
import { Waiting } from "./Waiting.tsx";

export function Profile() {
  const [parameters] = useSearchParams();
  const returnTo = readReturnTo(parameters.get("return_to"));
  const { reading, again } = useOwnProfile();
  if (reading.status === "failed")
    return <ProfileUnavailable error={reading.error} again={again} />;
  if (reading.status === "loading") return <Waiting>Your profile is being read.</Waiting>;
  const { full_name, company, profile_complete } = reading.row;
  return (
    <Page title="Profile" heading="Your profile">
      <p className="lead">
        {returnTo !== "/" && !profile_complete ? (
          <>
            Fill in your profile to go on to <code>{returnTo}</code>.
          </>
        ) : profile_complete ? (
          "Your profile is complete."
        ) : (
          "Fill in both fields to make your profile complete."
        )}
      </p>
      <ProfileForm
        values={{ full_name: full_name ?? "", company: company ?? "" }}
        returnTo={returnTo}
      />
    </Page>
  );
}
