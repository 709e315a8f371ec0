import { Navigate, useSearchParams } from "react-router";
import { useSession } from "../session/sessionContext.ts";
import { isSilentRefusal, NOT_BEGUN_HERE, refusedBy } from "../session/signInFailure.ts";
import { silentReturnTo } from "../session/silentSignIn.ts";
import { SignInFailed } from "./SignInFailed.tsx";
import { Waiting } from "./Waiting.tsx";

/**
 * The page to which Kinde sends the browser back. The SDK exchanges the code for tokens, and then
 * `KindeSession` navigates to the next page. The SDK does not report an error in the address, so
 * this page reads the error.
 */
export function Callback() {
  const { failure } = useSession();
  const [parameters] = useSearchParams();
  const error = parameters.get("error");
  if (error !== null && isSilentRefusal(error)) {
    return <Navigate to={`/stale?return_to=${encodeURIComponent(silentReturnTo())}`} replace />;
  }
  const problem =
    error !== null
      ? refusedBy(error)
      : (failure ?? (parameters.has("code") ? null : NOT_BEGUN_HERE));
  if (problem === null) return <Waiting />;
  return <SignInFailed failure={problem} />;
}
