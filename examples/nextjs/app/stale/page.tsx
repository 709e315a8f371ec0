import { readReturnTo } from "@/lib/web/readReturnTo";

export const metadata = { title: "Almost there" };

interface Props {
  searchParams: Promise<{ return_to?: string | string[] }>;
}

/**
 * The row grants the claim, but the token does not have it, and every step to a fresh token failed.
 */
export default async function Page({ searchParams }: Props) {
  const returnTo = readReturnTo((await searchParams).return_to);
  return (
    <>
      <h1>Almost there</h1>
      <p className="lead">
        Your account already has what this page needs, but Kinde still gives out your earlier access
        token.
      </p>
      <p>
        This page tries again by itself in a minute. You can also sign out and in again.{" "}
        <a href={returnTo}>Try again now</a>
      </p>
    </>
  );
}
