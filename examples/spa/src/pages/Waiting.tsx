import type { ReactNode } from "react";
import { Page } from "../parts/Page.tsx";

/** While Kinde or Supabase is asked. */
export function Waiting({ children = "Your sign-in is being checked." }: { children?: ReactNode }) {
  return (
    <Page title="One moment" heading="One moment">
      <p className="lead" role="status">
        {children}
      </p>
    </Page>
  );
}
