import { Link, useSearchParams } from "react-router";
import { Page } from "../parts/Page.tsx";
import { readReturnTo } from "../session/returnTo.ts";

/**
 * The row grants the claim, but the token does not have it, and every step to a fresh token failed.
 */
export function Stale() {
  const [parameters] = useSearchParams();
  return (
    <Page title="Almost there" heading="Almost there">
      <p className="lead">
        Your account already has what this page needs, but Kinde still gives out your earlier access
        token.
      </p>
      <p>
        <Link to={readReturnTo(parameters.get("return_to"))}>Try again</Link> in a moment. You can
        also sign out and in again.
      </p>
    </Page>
  );
}
