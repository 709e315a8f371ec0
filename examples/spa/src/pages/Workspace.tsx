import { Page } from "../parts/Page.tsx";
import { UserText } from "../parts/UserText.tsx";
import { type Reading, useOwnProfile } from "../profiles/useOwnProfile.ts";

const PROJECTS = ["Website", "Price list", "Annual report"];

/**
 * The page for users with the claim `profile_complete`. The claim decides whether the view opens;
 * row-level security decides which data it can read.
 */
export function Workspace() {
  const { reading } = useOwnProfile();
  return (
    <Page title="Workspace" heading="Workspace">
      <p className="lead">
        This page is open because your access token has <code>profile_complete: true</code>.
      </p>
      <h2>Projects</h2>
      <Projects reading={reading} />
    </Page>
  );
}

function Projects({ reading }: { reading: Reading }) {
  if (reading.status === "loading") return <p role="status">Your projects are being read.</p>;
  if (reading.status === "failed") {
    return (
      <p role="status">Your projects cannot be read just now. Load this page again in a moment.</p>
    );
  }
  const company = reading.row.company ?? "";
  return (
    <ul>
      {PROJECTS.map((project) => (
        <li key={project}>
          {project} of <UserText>{company}</UserText>
        </li>
      ))}
    </ul>
  );
}
