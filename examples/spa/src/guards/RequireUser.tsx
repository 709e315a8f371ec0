import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "../session/sessionContext.ts";

/** Opens a view to signed-in users. Sends other visitors to the sign-in, which leads back here. */
export function RequireUser() {
  const { user } = useSession();
  const { pathname, search } = useLocation();
  if (user) return <Outlet />;
  return <Navigate to={`/login?return_to=${encodeURIComponent(pathname + search)}`} replace />;
}
