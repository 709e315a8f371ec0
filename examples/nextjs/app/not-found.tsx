import Link from "next/link";

export default function NotFound() {
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        <Link href="/" prefetch={false}>
          Go to the overview
        </Link>
      </p>
    </>
  );
}
