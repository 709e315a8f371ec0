import { ProfileFormFields } from "@/app/profile/ProfileFormFields";
import { requireUser } from "@/lib/auth/requireUser";
import { readRow } from "@/lib/profiles/readRow";
import { profilePath } from "@/lib/web/paths";
import { readReturnTo } from "@/lib/web/readReturnTo";

export const metadata = { title: "Profile" };

interface Props {
  searchParams: Promise<{ return_to?: string | string[]; saved?: string | string[] }>;
}

export default async function Page({ searchParams }: Props) {
  const { return_to, saved } = await searchParams;
  const returnTo = readReturnTo(return_to);
  const here = returnTo === "/" ? "/profile" : profilePath(returnTo);
  const row = await readRow(await requireUser(here), here);
  const isComplete = row?.profile_complete ?? false;
  return (
    <>
      {saved !== undefined && (
        <div className="notice" role="status">
          <p>
            <strong>Your profile is saved.</strong>
          </p>
        </div>
      )}
      <h1>Your profile</h1>
      <p className="lead">
        {isComplete ? (
          "Your profile is complete."
        ) : returnTo === "/" ? (
          "Fill in both fields to make your profile complete."
        ) : (
          <>
            Fill in your profile to go on to <code>{returnTo}</code>.
          </>
        )}
      </p>
      <ProfileFormFields
        form={{ full_name: row?.full_name ?? "", company: row?.company ?? "" }}
        returnTo={returnTo}
      />
    </>
  );
}
