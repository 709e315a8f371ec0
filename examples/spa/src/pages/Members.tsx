import { Page } from "../parts/Page.tsx";

const HANDBOOK = `Members' handbook

1. Your subscription does not end.
2. Every new feature is included.
3. Write to us when something is missing.
`;

/** The page for users with the claim `lifetime_subscriber`. */
export function Members() {
  return (
    <Page title="Members" heading="Members">
      <p className="lead">
        This page is open because your access token has <code>lifetime_subscriber: true</code>.
        Welcome, for life.
      </p>
      <p>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(HANDBOOK)}`}
          download="members-handbook.txt"
        >
          {"Members' handbook"}
        </a>
      </p>
      <p>
        The handbook is part of this app's code, which everybody can download. So this page hides
        the handbook, but does not protect it. The README shows how the database can protect texts.
      </p>
    </Page>
  );
}
