import { type MouseEvent, useEffect } from "react";
import { Page } from "../parts/Page.tsx";

const AGAIN_AFTER_MS = 5_000;
const reload = () => window.location.reload();

/**
 * Shown while Kinde cannot be reached.
 *
 * @param again called to try again. If it is not set, the page is loaded again, and the app loses
 *   the access token in its memory
 */
export function KindeAway({ again = reload }: { again?: () => void }) {
  useEffect(() => {
    const timer = setTimeout(again, AGAIN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [again]);
  const tryNow = (event: MouseEvent) => {
    event.preventDefault();
    again();
  };
  return (
    <Page title="Not now" heading="The sign-in service cannot be reached just now">
      <p className="lead">
        Without this service, the app cannot check your access to this page, so the page stays
        closed for the moment.
      </p>
      <p>
        This page tries again by itself every few seconds.{" "}
        <a href={window.location.href} onClick={tryNow}>
          Try again now
        </a>
      </p>
    </Page>
  );
}
