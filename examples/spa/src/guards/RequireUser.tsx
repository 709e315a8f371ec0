import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "../session/sessionContext.ts";

/** Sends visitors who are not signed in to the sign-in, and then back to this page. */
export function RequireUser() {
  const { user } = useSession();
  const { pathname, search } = useLocation();
  if (user) return <Outlet />;
  return <Navigate to={`/login?return_to=${encodeURIComponent(pathname + search)}`} replace />;
}
