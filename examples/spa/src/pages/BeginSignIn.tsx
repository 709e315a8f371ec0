import { useSearchParams } from "react-router";
import { useOnce } from "../parts/useOnce.ts";
import { readReturnTo } from "../session/returnTo.ts";
import { useSession } from "../session/sessionContext.ts";
import { Waiting } from "./Waiting.tsx";

/** Leaves for Kinde's sign-in or registration page. */
export function BeginSignIn({ page }: { page: "login" | "register" }) {
  const { begin } = useSession();
  const [parameters] = useSearchParams();
  useOnce(() => void begin(page, readReturnTo(parameters.get("return_to"))));
  return <Waiting>You are on the way to the sign-in.</Waiting>;
}
