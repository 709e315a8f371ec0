import type { ReactNode } from "react";
import { Page } from "../parts/Page.tsx";

/** Shown while the app waits for Kinde or Supabase. */
export function Waiting({ children = "Your sign-in is being checked." }: { children?: ReactNode }) {
  return (
    <Page title="One moment" heading="One moment">
      <p className="lead" role="status">
        {children}
      </p>
    </Page>
  );
}
