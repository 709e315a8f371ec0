import { useSearchParams } from "react-router";
import { useOnce } from "../parts/useOnce.ts";
import { readReturnTo } from "../session/returnTo.ts";
import { useSession } from "../session/sessionContext.ts";
import { SignInFailed } from "./SignInFailed.tsx";
import { Waiting } from "./Waiting.tsx";

/** Sends the browser to Kinde's sign-in or registration page. */
export function BeginSignIn({ page }: { page: "login" | "register" }) {
  const { begin, failure } = useSession();
  const [parameters] = useSearchParams();
  useOnce(() => {
    if (!failure) void begin(page, readReturnTo(parameters.get("return_to")));
  });
  if (failure) return <SignInFailed failure={failure} />;
  return <Waiting>You are on the way to the sign-in.</Waiting>;
}
