"use client";
import { useActionState } from "react";
import { checkAgain } from "@/app/subscribe/checkAgain";

/** The button "Check again" reads the row. If it has a subscription now, the page Members opens. */
export function CheckAgainButton() {
  const [checks, action, isPending] = useActionState(checkAgain, 0);
  return (
    <>
      {checks > 0 && (
        <div className="notice" role="status" key={checks}>
          <p>
            <strong>Checked just now: your account has no lifetime subscription yet.</strong>
          </p>
        </div>
      )}
      <p className="lead">
        Your account has no lifetime subscription. When you have bought one, the page{" "}
        <strong>Members</strong> opens: it checks your account at every visit.
      </p>
      <form action={action}>
        <button disabled={isPending}>Check again</button>
      </form>
    </>
  );
}
