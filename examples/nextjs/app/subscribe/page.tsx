import { CheckAgainButton } from "@/app/subscribe/CheckAgainButton";
import { requireUser } from "@/lib/auth/requireUser";

export const metadata = { title: "For lifetime subscribers" };

export default async function Page() {
  await requireUser("/subscribe");
  return (
    <>
      <h1>For lifetime subscribers</h1>
      <CheckAgainButton />
    </>
  );
}
