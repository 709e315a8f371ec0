import { useState } from "react";
import { Navigate, useNavigate } from "react-router";
import { Page } from "../parts/Page.tsx";
import type { ProfileStoreError } from "../profiles/ProfileStoreError.ts";
import { withNotice } from "../session/notice.ts";
import { useUser } from "../session/sessionContext.ts";
import { ProfileUnavailable } from "./ProfileUnavailable.tsx";

/** For a user whose account has no subscription. */
export function Subscribe() {
  const { claims, profile } = useUser();
  const navigate = useNavigate();
  const [error, setError] = useState<ProfileStoreError>();

  function check(): void {
    setError(undefined);
    void profile
      .open()
      .then(
        (row) =>
          row.lifetime_subscriber
            ? navigate("/members")
            : navigate("/subscribe", { replace: true, state: withNotice({ kind: "checked" }) }),
        setError,
      );
  }

  if (claims.lifetime_subscriber) return <Navigate to="/members" replace />;
  if (error) return <ProfileUnavailable error={error} again={check} />;
  return (
    <Page title="Subscribe" heading="For lifetime subscribers">
      <p className="lead">
        Your account has no lifetime subscription. When you have bought one, the page{" "}
        <strong>Members</strong> opens: it checks your account at every visit.
      </p>
      <button type="button" onClick={check}>
        Check again
      </button>
    </Page>
  );
}
