import { useEffect } from "react";
import { Link, useLocation } from "react-router";
import { Page } from "../parts/Page.tsx";
import type { ProfileStoreError } from "../profiles/ProfileStoreError.ts";
import { NotAccepted } from "./NotAccepted.tsx";

const AGAIN_AFTER_MS = 5_000;

interface Props {
  readonly error: ProfileStoreError;
  readonly again: () => void;
}

/** Shown if the row cannot be read. Unless the set-up is wrong, the page tries again by itself. */
export function ProfileUnavailable({ error, again }: Props) {
  const { pathname, search } = useLocation();
  const isLasting = error.code === "NOT_ACCEPTED";
  useEffect(() => {
    if (isLasting) return undefined;
    const timer = setInterval(again, AGAIN_AFTER_MS);
    return () => clearInterval(timer);
  }, [again, isLasting]);
  if (isLasting) return <NotAccepted />;
  return (
    <Page title="Not now" heading="Your profile cannot be read just now">
      <p className="lead">
        You are signed in, and nothing is lost. Pages that need your profile stay closed until it
        can be read again.
      </p>
      <p>
        This page tries again by itself every few seconds.{" "}
        <Link to={pathname + search} replace onClick={again}>
          Try again now
        </Link>
      </p>
    </Page>
  );
}
