import { requireClaim } from "@/lib/auth/requireClaim";

export const metadata = { title: "Members" };

export default async function Page() {
  await requireClaim("lifetime_subscriber", "/members");
  return (
    <>
      <h1>Members</h1>
      <p className="lead">
        This page is open because your access token has <code>lifetime_subscriber: true</code>.
        Welcome, for life.
      </p>
      <p>
        <a href="/members/handbook" download>
          Members&apos; handbook
        </a>
      </p>
    </>
  );
}
