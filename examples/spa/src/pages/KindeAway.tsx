import { useEffect } from "react";
import { Page } from "../parts/Page.tsx";

const AGAIN_AFTER_MS = 5_000;

/** Kinde cannot be reached. The page is loaded again until it can. */
export function KindeAway() {
  useEffect(() => {
    const timer = setTimeout(() => window.location.reload(), AGAIN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Page title="Not now" heading="The sign-in service cannot be reached just now">
      <p className="lead">
        Your sign-in cannot be checked or changed, so the pages stay closed for the moment.
      </p>
      <p>
        This page tries again by itself every few seconds.{" "}
        <a href={window.location.href}>Try again now</a>
      </p>
    </Page>
  );
}
