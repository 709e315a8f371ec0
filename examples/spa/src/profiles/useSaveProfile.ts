import { useState } from "react";
import { useNavigate } from "react-router";
import { profileClaims } from "../claims/profileClaims.ts";
import { noticeOf, withNotice } from "../session/notice.ts";
import { useSession, useUser } from "../session/sessionContext.ts";
import type { Profile } from "./ownProfile.ts";
import { type FormProblems, readProfileForm } from "./profileForm.ts";

type Phase = "editing" | "saving" | "saved" | "failed";

/**
 * Saves the form through the Data API, brings the changed claims into the token, and opens the next
 * page.
 *
 * @param returnTo the page to open after saving; "/" opens the page Token instead
 */
export function useSaveProfile(returnTo: string) {
  const { profile } = useUser();
  const { freshen } = useSession();
  const navigate = useNavigate();
  const [phase, setPhase] = useState<Phase>("editing");
  const [problems, setProblems] = useState<FormProblems>({});
  const next = returnTo === "/" ? "/token" : returnTo;

  async function goOn(row: Profile): Promise<void> {
    const expected = profileClaims.read(row);
    const freshness = await freshen(expected, { returnTo: next, notice: "saved" });
    if (freshness.kind === "leaving") return;
    await navigate(next, { state: withNotice(noticeOf("saved", freshness)) });
  }

  function save(typed: unknown): void {
    const { form, problems } = readProfileForm(typed);
    setProblems(problems);
    if (Object.keys(problems).length > 0) return setPhase("editing");
    setPhase("saving");
    void profile.save(form).then(
      (row) => {
        setPhase("saved");
        return goOn(row);
      },
      () => setPhase("failed"),
    );
  }

  return { save, phase, problems };
}
