import { Link } from "react-router";
import { Page } from "../parts/Page.tsx";

export function NotFound() {
  return (
    <Page title="Not found" heading="There is no such page">
      <p>
        <Link to="/">Go to the overview</Link>
      </p>
    </Page>
  );
}
