import { ClaimCards } from "@/components/ClaimCards";
import { Doors } from "@/components/Doors";
import { UserText } from "@/components/UserText";
import { readName } from "@/lib/auth/readName";
import { readVisitor, type User } from "@/lib/auth/visitor";
import { readAccount } from "@/lib/profiles/readAccount";
import { REGISTER_PATH, signInPath } from "@/lib/web/paths";

export const metadata = { title: "Overview" };

export default async function Page() {
  const visitor = await readVisitor();
  if (visitor.kind === "user") return <Home user={visitor.user} />;
  return visitor.kind === "guest" ? <Welcome /> : <UncheckedHome />;
}

function Welcome() {
  return (
    <>
      <h1>Your token decides what opens</h1>
      <p className="lead">
        At every sign-in Kinde runs a workflow that reads your profile from Supabase and writes
        claims about it into your access token. The claims open the pages, without a call to Kinde
        or Supabase.
      </p>
      <p className="actions">
        <a className="button" href={signInPath("/")}>
          Sign in
        </a>{" "}
        <a className="button second" href={REGISTER_PATH}>
          Create an account
        </a>
      </p>
      <Doors />
    </>
  );
}

async function Home({ user }: { user: User }) {
  const account = await readAccount(user);
  return (
    <>
      <h1>
        Hello, <UserText text={await readName()} />
      </h1>
      <p className="lead">This is what your access token says about you.</p>
      <ClaimCards token={user.claims} account={account?.claims} />
      <Doors token={user.claims} account={account?.claims} />
    </>
  );
}

async function UncheckedHome() {
  return (
    <>
      <h1>
        Hello, <UserText text={await readName()} />
      </h1>
      <p className="lead">
        You are signed in. The app could not check what your access token says, because Kinde cannot
        be reached just now. Load this page again in a moment.
      </p>
      <Doors />
    </>
  );
}
