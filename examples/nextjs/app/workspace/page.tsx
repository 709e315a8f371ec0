import { UserText } from "@/components/UserText";
import { requireClaim } from "@/lib/auth/requireClaim";
import { readAccount } from "@/lib/profiles/readAccount";

export const metadata = { title: "Workspace" };

/** Made-up projects. A real app would read its projects in the page, after the guard. */
const PROJECTS = [
  { name: "New website", state: "Design" },
  { name: "Customer survey", state: "In progress" },
  { name: "Annual report", state: "Done" },
];

export default async function Page() {
  const user = await requireClaim("profile_complete", "/workspace");
  const account = await readAccount(user);
  return (
    <>
      <h1>Workspace</h1>
      <p className="lead">
        This page is open because your access token has <code>profile_complete: true</code>.
      </p>
      <h2>Projects</h2>
      <ul className="people">
        {PROJECTS.map(({ name, state }) => (
          <li key={name}>
            <div>
              <strong>{name}</strong>
              {account?.company && (
                <>
                  {" "}
                  for <UserText text={account.company} />
                </>
              )}
            </div>
            <span>{state}</span>
          </li>
        ))}
      </ul>
      {!account && <p>The name of your company could not be read just now.</p>}
    </>
  );
}
