import { Navigate, useSearchParams } from "react-router";
import { useSession } from "../session/sessionContext.ts";
import { isSilentRefusal, NOT_BEGUN_HERE, refusedBy } from "../session/signInFailure.ts";
import { silentReturnTo } from "../session/silentSignIn.ts";
import { SignInFailed } from "./SignInFailed.tsx";
import { Waiting } from "./Waiting.tsx";

/**
 * Where Kinde sends the browser back to. The SDK exchanges a code by itself, and `KindeSession` leads
 * on from here. The SDK says nothing about an error in the address, so it is read here.
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
